package dev.matrix.sla;

import dev.matrix.core.event.payload.SlaObjective;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sums and verdicts as {@link SlaMetrics} states them. Pure. */
final class Figures {

    private static final long LAST_HOUR = 60;

    private Figures() {}

    /** What an objective counts, in words. */
    static String statistic(Objective objective) {
        if (objective instanceof Objective.Latency latency) {
            return "requests within "
                    + BigDecimal.valueOf(latency.threshold().toNanos(), 6)
                            .stripTrailingZeros()
                            .toPlainString() + " ms";
        }
        if (objective instanceof Objective.Throughput throughput) {
            return "minutes that served demand up to " + throughput.requestsPerSecond() + " requests per second";
        }
        if (objective instanceof Objective.ErrorRate errors) {
            return errors.budgeting() instanceof Budgeting.Occurrences
                    ? "requests without error"
                    : errors.budgeting() instanceof Budgeting.Timeslices
                            ? "slices without too many errors"
                            : "mean of slices";
        }
        return "minutes up";
    }

    /**
     * The metrics of a span of one segment.
     *
     * @param breached objectives whose breach stands
     * @param alerting objectives with an open alert
     */
    static SlaMetrics metrics(
            Segment segment, JudgedSpan judged, long from, Set<SlaObjective> breached, Set<SlaObjective> alerting) {
        Sums sums = judged.sums(from, judged.to());
        SlaDefinition definition = segment.definition();
        List<ObjectiveMetrics> objectives = definition.objectives().stream()
                .map(objective -> objective(
                        objective,
                        definition,
                        judged,
                        sums,
                        breached.contains(objective.kind()),
                        alerting.contains(objective.kind())))
                .toList();
        SlaObjective first = definition.objectives().get(0).kind();
        long seconds = 60 * Math.max(1, sums.observed(first));
        return new SlaMetrics(
                segment.binding().subscriptionId(),
                definition.tier(),
                definition.version(),
                Periods.instant(from),
                Periods.instant(Math.max(from, judged.to())),
                Verdict.worst(objectives.stream().map(ObjectiveMetrics::state).toList()),
                objectives,
                new Coverage(sums.observed(first), sums.expected(), sums.coverage(first)),
                RequestCounts.of(sums),
                BigDecimal.valueOf(sums.served).divide(BigDecimal.valueOf(seconds), 3, RoundingMode.HALF_EVEN));
    }

    private static ObjectiveMetrics objective(
            Objective objective,
            SlaDefinition definition,
            JudgedSpan judged,
            Sums sums,
            boolean breached,
            boolean alerting) {
        Tally tally = sums.tally(objective);
        Tally counted = sums.counted(objective);
        List<ObjectiveMetrics.Burn> burns = definition.alerts().active(objective.budget()).stream()
                .map(rule -> new ObjectiveMetrics.Burn(
                        rule.name(),
                        burn(objective, judged, rule.longWindow().toMinutes()),
                        burn(objective, judged, rule.shortWindow().toMinutes())))
                .toList();
        return new ObjectiveMetrics(
                objective.kind(),
                statistic(objective),
                objective.target(),
                tally.isEmpty() ? null : tally.attainment(objective.target()),
                counted.total() - counted.bad().longValueExact(),
                counted.total(),
                Verdict.of(objective, definition, sums, breached, alerting),
                tally.isEmpty() ? null : budget(objective, tally),
                burns,
                exhausted(objective, judged, tally));
    }

    static ObjectiveMetrics.Budget budget(Objective objective, Tally tally) {
        BigDecimal whole = tally.allowed(objective.budget()).setScale(3, RoundingMode.DOWN);
        BigDecimal spent = tally.bad().setScale(3, RoundingMode.UP);
        return new ObjectiveMetrics.Budget(whole, spent, whole.subtract(spent), tally.budgetLeft(objective.budget()));
    }

    private static @Nullable BigDecimal burn(Objective objective, JudgedSpan judged, long minutes) {
        Tally tally = Burning.window(objective, judged, minutes);
        return tally.isEmpty() ? null : tally.burn(objective.budget());
    }

    /** At the last hour's rate of bad ones per minute, when what is left of the budget so far is used up. */
    private static @Nullable Instant exhausted(Objective objective, JudgedSpan judged, Tally tally) {
        BigDecimal lastHour = judged.sums(judged.to() - LAST_HOUR, judged.to())
                .tally(objective)
                .bad();
        BigDecimal left = tally.allowed(objective.budget()).subtract(tally.bad());
        if (lastHour.signum() == 0 || left.signum() <= 0) {
            return null;
        }
        long minutes = left.multiply(BigDecimal.valueOf(LAST_HOUR))
                .divide(lastHour, 0, RoundingMode.DOWN)
                .longValue();
        return Periods.instant(judged.to() + minutes);
    }
}
