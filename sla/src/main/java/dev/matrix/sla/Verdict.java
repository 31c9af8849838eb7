package dev.matrix.sla;

import org.jspecify.annotations.Nullable;

/** Where an objective stands, by the sums of a span. Pure. */
final class Verdict {

    private Verdict() {}

    /**
     * The state of an objective: without data, breached if a breach stands, at risk if it is below its target so far or an alert
     * is open, else met.
     */
    static ComplianceState of(
            Objective objective, SlaDefinition definition, Sums sums, boolean breached, boolean alerting) {
        Tally tally = sums.tally(objective);
        if (tally.isEmpty() || !sums.covers(objective.kind(), definition.coverageFloor())) {
            return ComplianceState.NO_DATA;
        }
        if (breached) {
            return ComplianceState.BREACHED;
        }
        return alerting || tally.exceeds(objective.budget()) ? ComplianceState.AT_RISK : ComplianceState.MET;
    }

    /** The final state, when nothing more can come. */
    static ComplianceState last(Objective objective, SlaDefinition definition, Sums sums) {
        boolean missed = sums.tally(objective).exceeds(objective.budget());
        return of(objective, definition, sums, missed, false);
    }

    /** The state of several objectives together: the worst that has data. */
    static ComplianceState worst(Iterable<ComplianceState> states) {
        @Nullable ComplianceState worst = null;
        for (ComplianceState state : states) {
            if (state != ComplianceState.NO_DATA && (worst == null || state.compareTo(worst) > 0)) {
                worst = state;
            }
        }
        return worst == null ? ComplianceState.NO_DATA : worst;
    }
}
