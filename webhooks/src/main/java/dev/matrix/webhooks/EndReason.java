package dev.matrix.webhooks;

/** Why a delivery ended other than by its last attempt. */
public enum EndReason {
    /** Cancelled by a person. */
    MANUAL,
    /** Its endpoint was disabled or deleted. */
    ENDPOINT,
    /** The receiver sent {@code webhook-delivery: abort-message}. */
    RECEIVER_REQUEST,
    /** The event was past its retention. */
    RETENTION,
    /** The owner's data was erased. */
    ERASED
}
