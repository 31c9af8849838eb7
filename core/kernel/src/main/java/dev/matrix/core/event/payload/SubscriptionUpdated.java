package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;

/** {@code subscription.updated}: a subscription changed; both snapshots are whole. */
public record SubscriptionUpdated(String id, Owner owner, SubscriptionState state, SubscriptionState previous)
        implements EventPayload {

    public SubscriptionUpdated {
        Checks.subject(id, owner);
    }

    @Override
    public EventType type() {
        return EventTypes.SUBSCRIPTION_UPDATED;
    }
}
