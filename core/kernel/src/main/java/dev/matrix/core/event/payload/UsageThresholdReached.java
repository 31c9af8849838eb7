package dev.matrix.core.event.payload;

import static java.util.Objects.requireNonNull;

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

    /** Required are id, owner, metric, quantity, unit, threshold and period. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the components by their names. Not thread-safe. */
    public static final class Builder {

        private @Nullable String id;
        private @Nullable Owner owner;
        private @Nullable String metric;
        private @Nullable BigDecimal quantity;
        private @Nullable String unit;
        private @Nullable String resourceId;
        private @Nullable BigDecimal threshold;
        private @Nullable BigDecimal limit;
        private @Nullable BigDecimal percent;
        private @Nullable String subscriptionId;
        private @Nullable Period period;

        private Builder() {}

        public Builder id(String id) {
            this.id = id;
            return this;
        }

        public Builder owner(Owner owner) {
            this.owner = owner;
            return this;
        }

        public Builder metric(String metric) {
            this.metric = metric;
            return this;
        }

        public Builder quantity(BigDecimal quantity) {
            this.quantity = quantity;
            return this;
        }

        public Builder unit(String unit) {
            this.unit = unit;
            return this;
        }

        public Builder resourceId(@Nullable String resourceId) {
            this.resourceId = resourceId;
            return this;
        }

        public Builder threshold(BigDecimal threshold) {
            this.threshold = threshold;
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

        public Builder period(Period period) {
            this.period = period;
            return this;
        }

        /** Makes the record; an InvalidRequestException lists every required component that is missing. */
        public UsageThresholdReached build() {
            Checks.given(
                    "UsageThresholdReached",
                    "id",
                    id,
                    "owner",
                    owner,
                    "metric",
                    metric,
                    "quantity",
                    quantity,
                    "unit",
                    unit,
                    "threshold",
                    threshold,
                    "period",
                    period);
            return new UsageThresholdReached(
                    requireNonNull(id),
                    requireNonNull(owner),
                    requireNonNull(metric),
                    requireNonNull(quantity),
                    requireNonNull(unit),
                    resourceId,
                    requireNonNull(threshold),
                    limit,
                    percent,
                    subscriptionId,
                    requireNonNull(period));
        }
    }
}
