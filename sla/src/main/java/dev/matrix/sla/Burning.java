package dev.matrix.sla;

import dev.matrix.core.event.payload.SlaObjective;
import java.math.BigDecimal;

/** How fast budgets burn. Pure. */
final class Burning {

    /** A window of which less was observed tells nothing. */
    static final BigDecimal LEAST_OBSERVED = BigDecimal.valueOf(90);

    private Burning() {}

    /** The last minutes of what was measured; minutes of time-based objectives before the contract were good. */
    static Tally window(Objective objective, JudgedSpan judged, long minutes) {
        Sums sums = judged.sums(judged.to() - minutes, judged.to());
        Tally tally = sums.tally(objective);
        return isTimed(objective) && !tally.isEmpty()
                ? new Tally(tally.bad(), tally.total() + before(judged, minutes))
                : tally;
    }

    private static boolean isTimed(Objective objective) {
        return objective.kind() == SlaObjective.UPTIME || objective.kind() == SlaObjective.THROUGHPUT;
    }

    private static long before(JudgedSpan judged, long minutes) {
        long from = judged.to() - minutes;
        long contract = judged.timeline().segments().stream()
                .mapToLong(Segment::from)
                .min()
                .orElse(from);
        return Math.max(0, Math.min(contract, judged.to()) - from);
    }

    /** Whether enough of a window was observed to go by it. */
    static boolean isObserved(Objective objective, JudgedSpan judged, long minutes) {
        return judged.sums(judged.to() - minutes, judged.to()).covers(objective.kind(), LEAST_OBSERVED);
    }

    static boolean exceeds(Objective objective, Tally tally, BigDecimal burn) {
        return tally.exceeds(objective.budget().multiply(burn));
    }
}
