package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * {@code endpoint.delivery_exhausted}, explicit-only, at most one for an endpoint and hour: a delivery failed for
 * good.
 *
 * @param id the endpoint's id
 * @param eventType the type of the event that was not delivered
 * @param lastStatus the HTTP status of the last attempt, if there was one
 * @param lastError in lower snake case, such as timeout
 * @param exhaustedInLastHour deliveries to this endpoint, this one included
 */
public record DeliveryExhausted(
        String id,
        Owner owner,
        String deliveryId,
        String eventId,
        String eventType,
        int attempts,
        @Nullable Integer lastStatus,
        @Nullable String lastError,
        int exhaustedInLastHour)
        implements EventPayload {

    public DeliveryExhausted {
        Checks.subject(id, owner);
        Checks.text(deliveryId, "DeliveryExhausted.deliveryId");
        Checks.text(eventId, "DeliveryExhausted.eventId");
        Checks.atLeast(1, attempts, "DeliveryExhausted.attempts");
        Checks.atLeast(1, exhaustedInLastHour, "DeliveryExhausted.exhaustedInLastHour");
    }

    @Override
    public EventType type() {
        return EventTypes.ENDPOINT_DELIVERY_EXHAUSTED;
    }
}
