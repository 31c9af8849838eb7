package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;

/** {@code subscription.created}: a subscription began. */
public record SubscriptionCreated(String id, Owner owner, SubscriptionState state) implements EventPayload {

    public SubscriptionCreated {
        Checks.subject(id, owner);
    }

    @Override
    public EventType type() {
        return EventTypes.SUBSCRIPTION_CREATED;
    }
}
