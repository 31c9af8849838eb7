package dev.matrix.webhooks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries are meant. Immutable; starts at {@link #ofEndpoint}.
 *
 * @param endpointId of this endpoint
 * @param state in this state; null: in any
 * @param type of this event type; null: of any
 * @param since created at or after; null: from the first
 * @param until created before; null: to the last
 */
public record DeliveryQuery(
        String endpointId,
        @Nullable DeliveryState state,
        @Nullable String type,
        @Nullable Instant since,
        @Nullable Instant until) {

    /** All deliveries of an endpoint. */
    public static DeliveryQuery ofEndpoint(String endpointId) {
        return new DeliveryQuery(endpointId, null, null, null, null);
    }

    /** This query for one state. */
    public DeliveryQuery inState(DeliveryState wanted) {
        return new DeliveryQuery(endpointId, wanted, type, since, until);
    }

    /** This query for one event type. */
    public DeliveryQuery ofType(String wanted) {
        return new DeliveryQuery(endpointId, state, wanted, since, until);
    }

    /** This query for deliveries created in [first, end). */
    public DeliveryQuery created(@Nullable Instant first, @Nullable Instant end) {
        return new DeliveryQuery(endpointId, state, type, first, end);
    }
}
