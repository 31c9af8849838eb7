package dev.matrix.analytics.cost;

import dev.matrix.core.event.payload.InstanceMetrics;
import dev.matrix.core.event.payload.Utilisation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what {@code instance.metrics_recorded} says into a sample: totals become rates over its period. */
final class Samples {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private Samples() {}

    /** Empty for a period that is shorter than a minute or longer than an hour, by which no use can be placed. */
    static Optional<ResourceSample> of(InstanceMetrics metrics) {
        Duration length =
                Duration.between(metrics.period().start(), metrics.period().end());
        if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
            return Optional.empty();
        }
        List<Load> loads = new ArrayList<>();
        share(loads, ResourceMetric.CPU, metrics.cpu());
        share(loads, ResourceMetric.MEMORY, metrics.memory());
        share(loads, ResourceMetric.GPU, metrics.gpu());
        share(loads, ResourceMetric.GPU_MEMORY, metrics.gpuMemory());
        rate(loads, ResourceMetric.NETWORK_IN, metrics.receivedBytes(), length);
        rate(loads, ResourceMetric.NETWORK_OUT, metrics.sentBytes(), length);
        rate(loads, ResourceMetric.DISK_IO, metrics.diskBytes(), length);
        rate(loads, ResourceMetric.REQUESTS, metrics.requests(), length);
        return Optional.of(new ResourceSample(
                metrics.id(), metrics.owner(), metrics.period().start(), length, loads));
    }

    private static void share(List<Load> loads, ResourceMetric metric, @Nullable Utilisation used) {
        if (used != null && used.max() >= used.mean()) {
            loads.add(new Load(metric, used.mean(), used.max()));
        }
    }

    private static void rate(List<Load> loads, ResourceMetric metric, @Nullable Long total, Duration length) {
        if (total != null && total >= 0) {
            double rate = (double) total / length.toSeconds();
            loads.add(new Load(metric, rate, rate));
        }
    }
}
