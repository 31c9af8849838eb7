package dev.matrix.core.event.payload;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code usage.recorded}, explicit-only: one measured use. A correction has a negative quantity and names the
 * event that it corrects.
 *
 * @param metric what is measured, such as tokens
 * @param attributes the host's own, besides the reserved ones below
 */
public record UsageRecorded(
        String id,
        Owner owner,
        String metric,
        BigDecimal quantity,
        String unit,
        @Nullable String resourceId,
        @Nullable String resourceKind,
        @Nullable String subscriptionId,
        @Nullable Money cost,
        Period period,
        Map<String, String> attributes)
        implements EventPayload {

    /** Reserved attribute: how long the use took, in milliseconds. */
    public static final String DURATION_MILLIS = "durationMillis";

    /** Reserved attribute: {@code true} or {@code false}, whether it succeeded. */
    public static final String SUCCESS = "success";

    /** Reserved attribute: the id of the event that this one corrects. */
    public static final String CORRECTION_OF = "correctionOf";

    /** Reserved attribute: why this use was of no value, such as {@code duplicate}. */
    public static final String WASTE = "waste";

    public UsageRecorded {
        Checks.subject(id, owner);
        Checks.text(metric, "UsageRecorded.metric");
        Checks.text(unit, "UsageRecorded.unit");
        attributes = Map.copyOf(attributes);
    }

    @Override
    public EventType type() {
        return EventTypes.USAGE_RECORDED;
    }

    /** Required are id, owner, metric, quantity, unit and period. */
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
        private @Nullable String resourceKind;
        private @Nullable String subscriptionId;
        private @Nullable Money cost;
        private @Nullable Period period;
        private Map<String, String> attributes = Map.of();

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

        public Builder resourceKind(@Nullable String resourceKind) {
            this.resourceKind = resourceKind;
            return this;
        }

        public Builder subscriptionId(@Nullable String subscriptionId) {
            this.subscriptionId = subscriptionId;
            return this;
        }

        public Builder cost(@Nullable Money cost) {
            this.cost = cost;
            return this;
        }

        public Builder period(Period period) {
            this.period = period;
            return this;
        }

        public Builder attributes(Map<String, String> attributes) {
            this.attributes = attributes;
            return this;
        }

        /** Makes the record; an InvalidRequestException lists every required component that is missing. */
        public UsageRecorded build() {
            Checks.given(
                    "UsageRecorded",
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
                    "period",
                    period);
            return new UsageRecorded(
                    requireNonNull(id),
                    requireNonNull(owner),
                    requireNonNull(metric),
                    requireNonNull(quantity),
                    requireNonNull(unit),
                    resourceId,
                    resourceKind,
                    subscriptionId,
                    cost,
                    requireNonNull(period),
                    attributes);
        }
    }
}
