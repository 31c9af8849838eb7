package dev.matrix.core.event.payload;

import static java.util.Objects.requireNonNull;

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

    /** Required are id, owner, deliveryId, eventId, eventType, attempts and exhaustedInLastHour. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the components by their names. Not thread-safe. */
    public static final class Builder {

        private @Nullable String id;
        private @Nullable Owner owner;
        private @Nullable String deliveryId;
        private @Nullable String eventId;
        private @Nullable String eventType;
        private @Nullable Integer attempts;
        private @Nullable Integer lastStatus;
        private @Nullable String lastError;
        private @Nullable Integer exhaustedInLastHour;

        private Builder() {}

        public Builder id(String id) {
            this.id = id;
            return this;
        }

        public Builder owner(Owner owner) {
            this.owner = owner;
            return this;
        }

        public Builder deliveryId(String deliveryId) {
            this.deliveryId = deliveryId;
            return this;
        }

        public Builder eventId(String eventId) {
            this.eventId = eventId;
            return this;
        }

        public Builder eventType(String eventType) {
            this.eventType = eventType;
            return this;
        }

        public Builder attempts(int attempts) {
            this.attempts = attempts;
            return this;
        }

        public Builder lastStatus(@Nullable Integer lastStatus) {
            this.lastStatus = lastStatus;
            return this;
        }

        public Builder lastError(@Nullable String lastError) {
            this.lastError = lastError;
            return this;
        }

        public Builder exhaustedInLastHour(int exhaustedInLastHour) {
            this.exhaustedInLastHour = exhaustedInLastHour;
            return this;
        }

        /** Makes the record; an InvalidRequestException lists every required component that is missing. */
        public DeliveryExhausted build() {
            Checks.given(
                    "DeliveryExhausted",
                    "id",
                    id,
                    "owner",
                    owner,
                    "deliveryId",
                    deliveryId,
                    "eventId",
                    eventId,
                    "eventType",
                    eventType,
                    "attempts",
                    attempts,
                    "exhaustedInLastHour",
                    exhaustedInLastHour);
            return new DeliveryExhausted(
                    requireNonNull(id),
                    requireNonNull(owner),
                    requireNonNull(deliveryId),
                    requireNonNull(eventId),
                    requireNonNull(eventType),
                    requireNonNull(attempts),
                    lastStatus,
                    lastError,
                    requireNonNull(exhaustedInLastHour));
        }
    }
}
