package dev.matrix.core.event.payload;

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

    /** Starts with what is required; no attributes unless set. */
    public static Builder builder(
            String id, Owner owner, String metric, BigDecimal quantity, String unit, Period period) {
        return new Builder(id, owner, metric, quantity, unit, period);
    }

    /** Collects the other components. Not thread-safe. */
    public static final class Builder {

        private final String id;
        private final Owner owner;
        private final String metric;
        private final BigDecimal quantity;
        private final String unit;
        private final Period period;
        private @Nullable String resourceId;
        private @Nullable String resourceKind;
        private @Nullable String subscriptionId;
        private @Nullable Money cost;
        private Map<String, String> attributes = Map.of();

        private Builder(String id, Owner owner, String metric, BigDecimal quantity, String unit, Period period) {
            this.id = id;
            this.owner = owner;
            this.metric = metric;
            this.quantity = quantity;
            this.unit = unit;
            this.period = period;
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

        public Builder attributes(Map<String, String> attributes) {
            this.attributes = attributes;
            return this;
        }

        public UsageRecorded build() {
            return new UsageRecorded(
                    id,
                    owner,
                    metric,
                    quantity,
                    unit,
                    resourceId,
                    resourceKind,
                    subscriptionId,
                    cost,
                    period,
                    attributes);
        }
    }
}
