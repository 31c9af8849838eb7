package dev.matrix.webhooks;

/** The outcome of an attempt. */
public enum Outcome {
    /** 2xx. */
    DELIVERED,
    /** Failed; counts as an attempt of the schedule. So is what was throttled after the deferral limit. */
    FAILED,
    /** The receiver asked to wait (429, or 503 with Retry-After) within the deferral limit; doesn't count. */
    THROTTLED,
    /** The receiver ended the delivery or its endpoint. */
    ENDED
}
