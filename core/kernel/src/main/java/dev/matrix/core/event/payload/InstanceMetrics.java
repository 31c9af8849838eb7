package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * {@code instance.metrics_recorded}, explicit-only: how busy a machine was. What is missing is unknown, not 0.
 *
 * @param id the instance's id
 * @param diskBytes read and written
 */
public record InstanceMetrics(
        String id,
        Owner owner,
        Period period,
        Utilisation cpu,
        Utilisation memory,
        @Nullable Utilisation gpu,
        @Nullable Utilisation gpuMemory,
        @Nullable Long receivedBytes,
        @Nullable Long sentBytes,
        @Nullable Long diskBytes,
        @Nullable Long requests)
        implements EventPayload {

    public InstanceMetrics {
        Checks.subject(id, owner);
    }

    @Override
    public EventType type() {
        return EventTypes.INSTANCE_METRICS_RECORDED;
    }

    /** Starts with what is required. */
    public static Builder builder(String id, Owner owner, Period period, Utilisation cpu, Utilisation memory) {
        return new Builder(id, owner, period, cpu, memory);
    }

    /** Collects the other components. Not thread-safe. */
    public static final class Builder {

        private final String id;
        private final Owner owner;
        private final Period period;
        private final Utilisation cpu;
        private final Utilisation memory;
        private @Nullable Utilisation gpu;
        private @Nullable Utilisation gpuMemory;
        private @Nullable Long receivedBytes;
        private @Nullable Long sentBytes;
        private @Nullable Long diskBytes;
        private @Nullable Long requests;

        private Builder(String id, Owner owner, Period period, Utilisation cpu, Utilisation memory) {
            this.id = id;
            this.owner = owner;
            this.period = period;
            this.cpu = cpu;
            this.memory = memory;
        }

        public Builder gpu(@Nullable Utilisation gpu) {
            this.gpu = gpu;
            return this;
        }

        public Builder gpuMemory(@Nullable Utilisation gpuMemory) {
            this.gpuMemory = gpuMemory;
            return this;
        }

        public Builder receivedBytes(@Nullable Long receivedBytes) {
            this.receivedBytes = receivedBytes;
            return this;
        }

        public Builder sentBytes(@Nullable Long sentBytes) {
            this.sentBytes = sentBytes;
            return this;
        }

        public Builder diskBytes(@Nullable Long diskBytes) {
            this.diskBytes = diskBytes;
            return this;
        }

        public Builder requests(@Nullable Long requests) {
            this.requests = requests;
            return this;
        }

        public InstanceMetrics build() {
            return new InstanceMetrics(
                    id, owner, period, cpu, memory, gpu, gpuMemory, receivedBytes, sentBytes, diskBytes, requests);
        }
    }
}
