package dev.matrix.sla;

import static dev.matrix.sla.Requirements.range;
import static java.util.Objects.requireNonNull;

import dev.matrix.core.event.payload.SlaObjective;
import java.math.BigDecimal;
import java.util.List;

/** What missing one objective gives back: of the steps whose {@code below} lies above the attainment, the lowest counts. */
public record CreditSchedule(SlaObjective objective, List<CreditStep> steps) {

    public CreditSchedule {
        requireNonNull(objective, "objective");
        steps = List.copyOf(steps);
        range(steps.size(), 1, 20, "credits.schedules.steps");
        Requirements.that(
                steps.stream()
                                .map(step -> step.below().stripTrailingZeros())
                                .distinct()
                                .count()
                        == steps.size(),
                "credits.schedules.steps",
                "have bounds of their own");
    }

    /** A schedule of these steps. */
    public static CreditSchedule of(SlaObjective objective, CreditStep... steps) {
        return new CreditSchedule(objective, List.of(steps));
    }

    /** Percent of the fee for an exact tally; 0 where no step applies. */
    BigDecimal percent(Tally tally) {
        return steps.stream()
                .filter(step -> tally.isBelow(step.below()))
                .min((one, other) -> one.below().compareTo(other.below()))
                .map(CreditStep::creditPercent)
                .orElse(BigDecimal.ZERO);
    }
}
