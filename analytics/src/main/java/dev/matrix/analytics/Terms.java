package dev.matrix.analytics;

import dev.matrix.core.event.payload.SubscriptionState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription event said.
 *
 * @param subscription its id
 * @param state the whole snapshot
 * @param cancelledAt when an end was decided; null: none was
 * @param endsAt when what is paid for ends; null: no end was decided
 * @param partner whose customer it is; null: nobody's
 */
public record Terms(
        String subscription,
        SubscriptionState state,
        @Nullable Instant cancelledAt,
        @Nullable Instant endsAt,
        @Nullable String partner) {}
