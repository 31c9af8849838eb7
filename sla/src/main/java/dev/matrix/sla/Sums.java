package dev.matrix.sla;

import dev.matrix.core.event.payload.SlaObjective;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What the minutes of a span add up to. Mutable, not thread-safe. */
final class Sums {

    /** One share of a slice is a whole of so many parts. */
    static final long WHOLE_SHARE = 1_000_000_000_000_000L;

    private static final int SHARE_DECIMALS = 15;

    long contract;
    long excluded;
    long up;
    long down;
    long idle;
    long gap;
    long valid;
    long bad;
    long errorMinutes;
    long slices;
    long badSlices;
    BigDecimal badShares = BigDecimal.ZERO;
    long good;
    long slow;
    long latencyMinutes;
    long demand;
    long shortMinutes;
    long throughputMinutes;
    long served;
    long peakServed;
    long rejected;
    long throttled;
    long clientErrors;
    long cancelled;

    void add(Sums other) {
        contract += other.contract;
        excluded += other.excluded;
        up += other.up;
        down += other.down;
        idle += other.idle;
        gap += other.gap;
        valid += other.valid;
        bad += other.bad;
        errorMinutes += other.errorMinutes;
        slices += other.slices;
        badSlices += other.badSlices;
        badShares = badShares.add(other.badShares);
        good += other.good;
        slow += other.slow;
        latencyMinutes += other.latencyMinutes;
        demand += other.demand;
        shortMinutes += other.shortMinutes;
        throughputMinutes += other.throughputMinutes;
        served += other.served;
        peakServed = Math.max(peakServed, other.peakServed);
        rejected += other.rejected;
        throttled += other.throttled;
        clientErrors += other.clientErrors;
        cancelled += other.cancelled;
    }

    void addShare(long badShare) {
        badShares = badShares.add(BigDecimal.valueOf(badShare, SHARE_DECIMALS));
    }

    /** What an objective is judged by. */
    Tally tally(Objective objective) {
        if (objective instanceof Objective.ErrorRate errors) {
            Budgeting budgeting = errors.budgeting();
            return budgeting instanceof Budgeting.Occurrences
                    ? Tally.of(bad, valid)
                    : budgeting instanceof Budgeting.Timeslices
                            ? Tally.of(badSlices, slices)
                            : new Tally(badShares, slices);
        }
        return switch (objective.kind()) {
            case UPTIME -> Tally.of(down, up + down);
            case LATENCY -> Tally.of(slow, good);
            default -> Tally.of(shortMinutes, demand);
        };
    }

    /** The minutes or requests behind an objective's verdict, as events and reports state them. */
    Tally counted(Objective objective) {
        return objective.kind() == SlaObjective.ERROR_RATE ? Tally.of(bad, valid) : tally(objective);
    }

    /** Minutes that should have been observed. */
    long expected() {
        return contract - excluded;
    }

    long observed(SlaObjective kind) {
        return switch (kind) {
            case UPTIME -> up + down + idle;
            case LATENCY -> latencyMinutes;
            case THROUGHPUT -> throughputMinutes;
            case ERROR_RATE -> errorMinutes;
        };
    }

    /** Whether at least this percentage was observed for an objective. */
    boolean covers(SlaObjective kind, BigDecimal percent) {
        BigDecimal seen = BigDecimal.valueOf(observed(kind)).multiply(Requirements.HUNDRED);
        return seen.compareTo(percent.multiply(BigDecimal.valueOf(expected()))) >= 0;
    }

    /** Observed percentage, to 2 decimals, rounded down; 100 where nothing was expected. */
    BigDecimal coverage(SlaObjective kind) {
        return expected() == 0
                ? Requirements.HUNDRED
                : BigDecimal.valueOf(observed(kind))
                        .multiply(Requirements.HUNDRED)
                        .divide(BigDecimal.valueOf(expected()), 2, RoundingMode.DOWN);
    }
}
