package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * {@code usage.threshold_reached}: use in a period reached a mark.
 *
 * @param quantity used so far in the period
 * @param limit where use ends or costs more
 * @param percent the threshold as a percentage of the limit
 */
public record UsageThresholdReached(
        String id,
        Owner owner,
        String metric,
        BigDecimal quantity,
        String unit,
        @Nullable String resourceId,
        BigDecimal threshold,
        @Nullable BigDecimal limit,
        @Nullable BigDecimal percent,
        @Nullable String subscriptionId,
        Period period)
        implements EventPayload {

    public UsageThresholdReached {
        Checks.subject(id, owner);
        Checks.text(metric, "UsageThresholdReached.metric");
        Checks.text(unit, "UsageThresholdReached.unit");
    }

    @Override
    public EventType type() {
        return EventTypes.USAGE_THRESHOLD_REACHED;
    }

    /** Starts with what is required. */
    public static Builder builder(
            String id,
            Owner owner,
            String metric,
            BigDecimal quantity,
            String unit,
            BigDecimal threshold,
            Period period) {
        return new Builder(id, owner, metric, quantity, unit, threshold, period);
    }

    /** Collects the other components. Not thread-safe. */
    public static final class Builder {

        private final String id;
        private final Owner owner;
        private final String metric;
        private final BigDecimal quantity;
        private final String unit;
        private final BigDecimal threshold;
        private final Period period;
        private @Nullable String resourceId;
        private @Nullable BigDecimal limit;
        private @Nullable BigDecimal percent;
        private @Nullable String subscriptionId;

        private Builder(
                String id,
                Owner owner,
                String metric,
                BigDecimal quantity,
                String unit,
                BigDecimal threshold,
                Period period) {
            this.id = id;
            this.owner = owner;
            this.metric = metric;
            this.quantity = quantity;
            this.unit = unit;
            this.threshold = threshold;
            this.period = period;
        }

        public Builder resourceId(@Nullable String resourceId) {
            this.resourceId = resourceId;
            return this;
        }

        public Builder limit(@Nullable BigDecimal limit) {
            this.limit = limit;
            return this;
        }

        public Builder percent(@Nullable BigDecimal percent) {
            this.percent = percent;
            return this;
        }

        public Builder subscriptionId(@Nullable String subscriptionId) {
            this.subscriptionId = subscriptionId;
            return this;
        }

        public UsageThresholdReached build() {
            return new UsageThresholdReached(
                    id, owner, metric, quantity, unit, resourceId, threshold, limit, percent, subscriptionId, period);
        }
    }
}
