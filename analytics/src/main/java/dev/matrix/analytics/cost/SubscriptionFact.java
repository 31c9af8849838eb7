package dev.matrix.analytics.cost;

import dev.matrix.core.event.payload.SubscriptionState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a subscription, as it is kept.
 *
 * @param endsAt when it ends, where that was decided
 */
record SubscriptionFact(SubscriptionState state, @Nullable Instant endsAt) {

    @Nullable
    Instant end() {
        return endsAt != null ? endsAt : state.endedAt() != null ? state.endedAt() : state.cancelAt();
    }
}
