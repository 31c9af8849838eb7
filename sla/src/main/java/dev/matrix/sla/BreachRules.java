package dev.matrix.sla;

import dev.matrix.core.event.payload.SlaBreached;
import dev.matrix.core.event.payload.SlaObjective;
import java.math.BigDecimal;
import java.util.Optional;

/** When a promise counts as broken before its period is over. Pure. */
final class BreachRules {

    private static final long LEAST_REQUESTS = 1_000;

    private BreachRules() {}

    /**
     * Whether an objective is lost in a segment, and how sure that is.
     *
     * @param segment clipped to its period
     * @param sums of its measured minutes
     */
    static Optional<SlaBreached.Basis> basis(Segment segment, Objective objective, Sums sums, JudgedSpan judged) {
        Tally tally = sums.tally(objective);
        if (!tally.exceeds(objective.budget())
                || !sums.covers(objective.kind(), segment.definition().coverageFloor())) {
            return Optional.empty();
        }
        long left = remaining(segment, judged);
        boolean timed = objective.kind() == SlaObjective.UPTIME || objective.kind() == SlaObjective.THROUGHPUT;
        if (timed) {
            return new Tally(tally.bad(), tally.total() + left).exceeds(objective.budget())
                    ? Optional.of(SlaBreached.Basis.CERTAIN)
                    : Optional.empty();
        }
        Tally counted = sums.counted(objective);
        return counted.total() >= LEAST_REQUESTS && isProjected(objective, tally, sums.expected(), left)
                ? Optional.of(SlaBreached.Basis.PROJECTED)
                : Optional.empty();
    }

    /** The share of the period's budget that is spent by now is more than all of it: bad ÷ total × elapsed ÷ period. */
    private static boolean isProjected(Objective objective, Tally tally, long elapsed, long left) {
        BigDecimal spent = tally.bad().multiply(Requirements.HUNDRED).multiply(BigDecimal.valueOf(elapsed));
        BigDecimal whole = objective
                .budget()
                .multiply(BigDecimal.valueOf(tally.total()))
                .multiply(BigDecimal.valueOf(elapsed + left));
        return spent.compareTo(whole) > 0;
    }

    /** Minutes under contract that are still to come in a segment, without those that are excluded already. */
    static long remaining(Segment segment, JudgedSpan judged) {
        Timeline timeline = judged.timeline();
        long from = Math.max(segment.from(), judged.to());
        if (segment.binding().hours() == null) {
            SlaPeriod period = Periods.at(segment.binding(), segment.from());
            return Math.max(0, segment.to() - from) - timeline.honoured(period).excludedMinutes(from, segment.to());
        }
        long left = 0;
        for (long minute = from; minute < segment.to(); minute++) {
            left += timeline.isPromised(segment, minute) && timeline.excluded(segment, minute) != ExclusionMode.EXCLUDE
                    ? 1
                    : 0;
        }
        return left;
    }
}
