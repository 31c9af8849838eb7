package dev.matrix.analytics.cost;

import dev.matrix.core.event.payload.SubscriptionItem;
import dev.matrix.core.event.payload.SubscriptionState;
import dev.matrix.core.event.payload.SubscriptionStatus;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as events described it, with what was used in its complete billing months.
 *
 * @param state what holds now
 * @param startedAt from when on its first snapshot held
 * @param endsAt when it ends; null: no end is known
 * @param periods complete billing months in which use was recorded from the first instant on
 * @param leftOut billing months of the window that aren't complete, or in which recording had not begun
 */
record KnownSubscription(
        String id,
        SubscriptionState state,
        Instant startedAt,
        @Nullable Instant endsAt,
        List<PeriodUsage> periods,
        List<BilledSubscription.Waste> waste,
        int leftOut) {

    private static final Set<SubscriptionStatus> BILLED =
            EnumSet.of(SubscriptionStatus.ACTIVE, SubscriptionStatus.PAST_DUE);

    static BillingPeriods periods(SubscriptionState state) {
        ZoneId zone = state.period().zone();
        return new BillingPeriods(state.period().start(), zone == null ? ZoneOffset.UTC : zone);
    }

    boolean isOver(Instant now) {
        return state.status() == SubscriptionStatus.CANCELLED || (endsAt != null && !endsAt.isAfter(now));
    }

    boolean isBilled() {
        return BILLED.contains(state.status());
    }

    /** Why the catalogue's plan doesn't say what this subscription pays; empty: it does. */
    Optional<String> termsBeside(Plan plan) {
        List<SubscriptionItem> items = state.items().stream()
                .filter(item -> item.plan().equals(plan.id()))
                .toList();
        if (!state.discounts().isEmpty()
                || items.stream().anyMatch(item -> !item.discounts().isEmpty())) {
            return Optional.of("it has discounts");
        }
        if (state.items().size() > items.size()) {
            return Optional.of("it has items of other plans besides");
        }
        for (SubscriptionItem item : items) {
            if (item.quantity() != 1) {
                return Optional.of("it has a quantity of " + item.quantity());
            }
            if (!item.metered() && !item.price().equals(plan.baseFee())) {
                return Optional.of("its price is " + item.price() + " and the plan's base fee " + plan.baseFee());
            }
        }
        return Optional.empty();
    }
}
