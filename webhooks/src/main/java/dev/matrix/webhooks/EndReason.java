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
    ERASED;

    /** The state that a delivery ends in for this reason. */
    public DeliveryState state() {
        return this == RETENTION || this == ERASED ? DeliveryState.EXPIRED : DeliveryState.CANCELLED;
    }
}
