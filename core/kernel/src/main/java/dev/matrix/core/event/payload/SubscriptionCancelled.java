package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code subscription.cancelled}: somebody ended a subscription, at once or for later.
 *
 * @param cancelledAt when it was decided
 * @param endsAt when access and revenue end
 */
public record SubscriptionCancelled(
        String id,
        Owner owner,
        SubscriptionState state,
        @Nullable String reason,
        Instant cancelledAt,
        Instant endsAt) implements EventPayload {

    public SubscriptionCancelled {
        Checks.subject(id, owner);
    }

    @Override
    public EventType type() {
        return EventTypes.SUBSCRIPTION_CANCELLED;
    }
}
