package dev.matrix.money;

/** Whether conversions may use a snapshot. From QUARANTINED it becomes one of the others, once. */
public enum RateStatus {
    /** In use. */
    ACCEPTED,
    /** Moved too far to be used unseen: waits for an observation that agrees, or for a person. */
    QUARANTINED,
    /** Never used. */
    REJECTED
}
