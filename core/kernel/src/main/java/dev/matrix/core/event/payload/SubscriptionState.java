package dev.matrix.core.event.payload;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole snapshot of a subscription. Snapshots are ordered by effectiveAt, then sequence; the last one counts.
 *
 * @param tier the service level, such as pro
 * @param discounts of the subscription, after its items' own
 * @param period the billing period that the subscription is in
 * @param effectiveAt from when on this holds; may lie ahead
 * @param sequence orders snapshots of one effectiveAt
 */
public record SubscriptionState(
        SubscriptionStatus status,
        @Nullable String tier,
        List<SubscriptionItem> items,
        List<Discount> discounts,
        Period period,
        @Nullable Instant trialEndsAt,
        @Nullable Instant cancelAt,
        @Nullable Instant endedAt,
        Instant effectiveAt,
        long sequence) {

    public SubscriptionState {
        Checks.atLeast(0, sequence, "SubscriptionState.sequence");
        items = List.copyOf(items);
        discounts = List.copyOf(discounts);
    }

    /** Starts with what is required; no discounts and sequence 0 unless set. */
    public static Builder builder(
            SubscriptionStatus status, List<SubscriptionItem> items, Period period, Instant effectiveAt) {
        return new Builder(status, items, period, effectiveAt);
    }

    /** Collects the other components. Not thread-safe. */
    public static final class Builder {

        private final SubscriptionStatus status;
        private final List<SubscriptionItem> items;
        private final Period period;
        private final Instant effectiveAt;
        private @Nullable String tier;
        private List<Discount> discounts = List.of();
        private @Nullable Instant trialEndsAt;
        private @Nullable Instant cancelAt;
        private @Nullable Instant endedAt;
        private long sequence = 0;

        private Builder(SubscriptionStatus status, List<SubscriptionItem> items, Period period, Instant effectiveAt) {
            this.status = status;
            this.items = items;
            this.period = period;
            this.effectiveAt = effectiveAt;
        }

        public Builder tier(@Nullable String tier) {
            this.tier = tier;
            return this;
        }

        public Builder discounts(List<Discount> discounts) {
            this.discounts = discounts;
            return this;
        }

        public Builder trialEndsAt(@Nullable Instant trialEndsAt) {
            this.trialEndsAt = trialEndsAt;
            return this;
        }

        public Builder cancelAt(@Nullable Instant cancelAt) {
            this.cancelAt = cancelAt;
            return this;
        }

        public Builder endedAt(@Nullable Instant endedAt) {
            this.endedAt = endedAt;
            return this;
        }

        public Builder sequence(long sequence) {
            this.sequence = sequence;
            return this;
        }

        public SubscriptionState build() {
            return new SubscriptionState(
                    status, tier, items, discounts, period, trialEndsAt, cancelAt, endedAt, effectiveAt, sequence);
        }
    }
}
