package dev.matrix.webhooks;

import dev.matrix.core.event.spi.EventRow;
import org.jspecify.annotations.Nullable;

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

    /** Why there is nothing to send of an event as the store shows it; null where there is. */
    static @Nullable EndReason ofMissing(@Nullable EventRow event) {
        if (event == null) {
            return RETENTION;
        }
        return event.payload() == null ? ERASED : null;
    }
}
