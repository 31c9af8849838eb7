package dev.matrix.webhooks;

/** What an attempt came to. */
public enum Outcome {
    /** 2xx. */
    DELIVERED,
    /** Failed; counts as an attempt of the schedule. */
    FAILED,
    /** The receiver asked to wait (429, or 503 with Retry-After); doesn't count until the deferral limit. */
    THROTTLED,
    /** The receiver ended the delivery or its endpoint. */
    ENDED
}
