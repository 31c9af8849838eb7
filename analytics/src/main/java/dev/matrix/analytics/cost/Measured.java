package dev.matrix.analytics.cost;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One metric of a machine over a list of samples; what a sample lacks isn't counted as 0. */
record Measured(ResourceMetric metric, List<Sample> samples) {

    private static final double PERCENTILE = 0.995;

    /** One sample of the metric. */
    record Sample(Instant from, Duration length, Load load) {}

    static Measured of(ResourceMetric metric, List<ResourceSample> all) {
        List<Sample> own = new ArrayList<>();
        for (ResourceSample sample : all) {
            for (Load load : sample.loads()) {
                if (load.metric() == metric) {
                    own.add(new Sample(sample.from(), sample.length(), load));
                }
            }
        }
        return new Measured(metric, own);
    }

    Measured since(Instant from) {
        return new Measured(
                metric,
                samples.stream().filter(each -> !each.from().isBefore(from)).toList());
    }

    Duration covered() {
        return samples.stream().map(Sample::length).reduce(Duration.ZERO, Duration::plus);
    }

    Optional<Instant> latest() {
        return samples.stream().map(each -> each.from().plus(each.length())).max(Comparator.naturalOrder());
    }

    /** The share of the sampled time whose mean was above the limit. */
    double busy(IdleLimits limits) {
        long seconds = samples.stream()
                .filter(each -> each.load().mean() > limits.limit(metric))
                .mapToLong(each -> each.length().toSeconds())
                .sum();
        return (double) seconds / Math.max(1, covered().toSeconds());
    }

    boolean isSeldomBusy(IdleLimits limits) {
        return busy(limits) <= IdleLimits.busy(metric);
    }

    boolean staysBelowTheCeiling(IdleLimits limits) {
        return samples.stream().allMatch(each -> each.load().max() <= limits.ceiling(metric));
    }

    double highest() {
        return samples.stream().mapToDouble(each -> each.load().max()).max().orElse(0);
    }

    /** The mean below which it was for 99.5 % of the sampled time. */
    double percentile() {
        List<Sample> sorted = samples.stream()
                .sorted(Comparator.comparingDouble(each -> each.load().mean()))
                .toList();
        double wanted = covered().toSeconds() * PERCENTILE;
        double seen = 0;
        for (Sample each : sorted) {
            seen += each.length().toSeconds();
            if (seen >= wanted) {
                return each.load().mean();
            }
        }
        return 0;
    }
}
