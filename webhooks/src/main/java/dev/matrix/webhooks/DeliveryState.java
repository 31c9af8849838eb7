package dev.matrix.webhooks;

/** Where a delivery stands. QUEUED and RETRYING are open; the others are final until a retry or recovery. */
public enum DeliveryState {
    /** Waits for its first attempt. */
    QUEUED,
    /** Waits for its next attempt. */
    RETRYING,
    /** The receiver answered 2xx. */
    DELIVERED,
    /** The last attempt failed. */
    EXHAUSTED,
    /** Ended by a person, the receiver, or its endpoint's end. */
    CANCELLED,
    /** The event's bytes are gone; final. */
    EXPIRED;

    /** Whether an attempt is still to come. */
    public boolean isOpen() {
        return this == QUEUED || this == RETRYING;
    }

    /** Whether this may turn into {@code next}; into QUEUED by a retry or recovery only. */
    boolean canBecome(DeliveryState next) {
        return switch (next) {
            case QUEUED -> this != QUEUED && this != EXPIRED;
            case RETRYING, DELIVERED, EXHAUSTED, CANCELLED, EXPIRED -> isOpen();
        };
    }
}
