package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code instance.created}, {@code .started}, {@code .stopped}, {@code .suspended}, {@code .resized} and {@code
 * .terminated}: a machine as it stands after the change.
 *
 * @param id the instance's id
 * @param hourlyPrice net of tax
 */
public record InstanceChanged(
        String id,
        Owner owner,
        EventType type,
        String instanceType,
        @Nullable String region,
        @Nullable Integer gpuCount,
        @Nullable Money hourlyPrice,
        Map<String, String> tags,
        @Nullable String subscriptionId,
        @Nullable String reason,
        Instant at)
        implements EventPayload {

    public InstanceChanged {
        Checks.subject(id, owner);
        Checks.type(type, InstanceChanged.class);
        Checks.text(instanceType, "InstanceChanged.instanceType");
        if (gpuCount != null) {
            Checks.atLeast(0, gpuCount, "InstanceChanged.gpuCount");
        }
        tags = Map.copyOf(tags);
    }

    /** Starts with what is required; no tags unless set. */
    public static Builder builder(String id, Owner owner, EventType type, String instanceType, Instant at) {
        return new Builder(id, owner, type, instanceType, at);
    }

    /** Collects the other components. Not thread-safe. */
    public static final class Builder {

        private final String id;
        private final Owner owner;
        private final EventType type;
        private final String instanceType;
        private final Instant at;
        private @Nullable String region;
        private @Nullable Integer gpuCount;
        private @Nullable Money hourlyPrice;
        private Map<String, String> tags = Map.of();
        private @Nullable String subscriptionId;
        private @Nullable String reason;

        private Builder(String id, Owner owner, EventType type, String instanceType, Instant at) {
            this.id = id;
            this.owner = owner;
            this.type = type;
            this.instanceType = instanceType;
            this.at = at;
        }

        public Builder region(@Nullable String region) {
            this.region = region;
            return this;
        }

        public Builder gpuCount(@Nullable Integer gpuCount) {
            this.gpuCount = gpuCount;
            return this;
        }

        public Builder hourlyPrice(@Nullable Money hourlyPrice) {
            this.hourlyPrice = hourlyPrice;
            return this;
        }

        public Builder tags(Map<String, String> tags) {
            this.tags = tags;
            return this;
        }

        public Builder subscriptionId(@Nullable String subscriptionId) {
            this.subscriptionId = subscriptionId;
            return this;
        }

        public Builder reason(@Nullable String reason) {
            this.reason = reason;
            return this;
        }

        public InstanceChanged build() {
            return new InstanceChanged(
                    id, owner, type, instanceType, region, gpuCount, hourlyPrice, tags, subscriptionId, reason, at);
        }
    }
}
