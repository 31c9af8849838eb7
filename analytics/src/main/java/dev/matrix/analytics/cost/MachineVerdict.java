package dev.matrix.analytics.cost;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a machine's samples say of it: the first verdict that holds, or why there is none. Pure. */
sealed interface MachineVerdict {

    Duration LATELY = Duration.ofDays(14);
    Duration YOUNGEST = Duration.ofDays(5);
    Duration LEAST_SAMPLED = Duration.ofHours(30);
    Duration OLDEST_SAMPLE = Duration.ofDays(2);
    double LEAST_COVERED = 0.8;
    double FULL = 0.95;

    /** What is asked for is missing. */
    record Undetermined(Reason reason, String why) implements MachineVerdict {}

    /** Memory or processors are at their end. */
    record Undersized(String what) implements MachineVerdict {}

    /** Nobody uses it. */
    record Idle() implements MachineVerdict {}

    /** Its GPU is not used, the rest is. */
    record IdleGpu(boolean memoryHeld) implements MachineVerdict {}

    /** It is quiet except for short bursts. */
    record Intermittent() implements MachineVerdict {}

    /** It works. */
    record Busy() implements MachineVerdict {}

    static MachineVerdict of(Machine machine, Profile profile, Instant now) {
        Instant from = now.minus(LATELY);
        IdleLimits limits = IdleLimits.of(profile);
        List<ResourceSample> lately = machine.samples().stream()
                .filter(each -> !each.from().isBefore(from))
                .toList();
        boolean gpu = machine.type().gpu() > 0;
        List<Measured> metrics = Stream.of(
                        ResourceMetric.CPU, ResourceMetric.NETWORK_IN, ResourceMetric.NETWORK_OUT, ResourceMetric.GPU)
                .filter(metric -> gpu || metric != ResourceMetric.GPU)
                .map(metric -> Measured.of(metric, lately))
                .toList();
        Optional<MachineVerdict> missing = missing(machine, metrics, now);
        if (missing.isPresent()) {
            return missing.get();
        }
        Measured cpu = metrics.get(0);
        Measured memory = Measured.of(ResourceMetric.MEMORY, lately);
        if (memory.highest() >= FULL) {
            return new Undersized("memory was at " + Math.round(memory.highest() * 100) + " %");
        }
        if (cpu.percentile() >= FULL) {
            return new Undersized("processors were at " + Math.round(cpu.percentile() * 100) + " %");
        }
        return verdict(metrics, Measured.of(ResourceMetric.REQUESTS, lately), lately, limits);
    }

    private static MachineVerdict verdict(
            List<Measured> metrics, Measured requests, List<ResourceSample> lately, IdleLimits limits) {
        boolean seldom = metrics.stream().allMatch(each -> each.isSeldomBusy(limits)) && requests.highest() == 0;
        boolean below = metrics.stream().allMatch(each -> each.staysBelowTheCeiling(limits));
        if (seldom) {
            return below ? new Idle() : new Intermittent();
        }
        Measured last = metrics.get(metrics.size() - 1);
        boolean gpuQuiet =
                last.metric() == ResourceMetric.GPU && last.isSeldomBusy(limits) && last.staysBelowTheCeiling(limits);
        return gpuQuiet
                ? new IdleGpu(Measured.of(ResourceMetric.GPU_MEMORY, lately).highest() > 0)
                : new Busy();
    }

    private static Optional<MachineVerdict> missing(Machine machine, List<Measured> metrics, Instant now) {
        Duration age = Duration.between(machine.createdAt(), now);
        if (age.compareTo(YOUNGEST) < 0) {
            return undetermined(
                    Reason.INSUFFICIENT_DATA, "is " + age.toDays() + " days old; it is judged from 5 days on");
        }
        for (Measured each : metrics) {
            String name = Documents.word(each.metric());
            Duration covered = each.covered();
            if (each.samples().isEmpty() && each.metric() == ResourceMetric.GPU) {
                return undetermined(Reason.MISSING_METRIC, "has a GPU and no metric " + name + "; that is not 0");
            }
            if (covered.compareTo(LEAST_SAMPLED) < 0
                    || covered.toSeconds() < machine.ranLately().toSeconds() * LEAST_COVERED) {
                return undetermined(
                        Reason.INSUFFICIENT_DATA,
                        "has " + covered.toHours() + " h of " + name + " in the last 14 days, in which it ran "
                                + machine.ranLately().toHours() + " h; it takes 30 h and 80 % of that");
            }
            if (each.latest().orElse(Instant.MIN).isBefore(now.minus(OLDEST_SAMPLE))) {
                return undetermined(Reason.STALE, "has no " + name + " of the last 48 h");
            }
        }
        return Optional.empty();
    }

    private static Optional<MachineVerdict> undetermined(Reason reason, String why) {
        return Optional.of(new Undetermined(reason, why));
    }
}
