package dev.matrix.sla;

import dev.matrix.core.event.payload.SlaObjective;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an objective stands.
 *
 * @param statistic what is counted, in words
 * @param target percent
 * @param attainment percent, rounded towards the worse side; null without anything to judge
 * @param good minutes or requests
 * @param total minutes or requests
 * @param budget what may be missed; null without anything to judge
 * @param burns how fast the budget burns, by rule
 * @param exhaustedAt when the budget is used up if it goes on as in the last hour; null: it isn't burning, or is used up
 */
public record ObjectiveMetrics(
        SlaObjective kind,
        String statistic,
        BigDecimal target,
        @Nullable BigDecimal attainment,
        long good,
        long total,
        ComplianceState state,
        @Nullable Budget budget,
        List<Burn> burns,
        @Nullable Instant exhaustedAt) {

    public ObjectiveMetrics {
        burns = List.copyOf(burns);
    }

    /**
     * A budget in the objective's unit, minutes or requests, of what was counted so far.
     *
     * @param whole what may be bad
     * @param spent what was bad
     * @param left negative once overspent
     * @param percentLeft of the whole
     */
    public record Budget(BigDecimal whole, BigDecimal spent, BigDecimal left, BigDecimal percentLeft) {}

    /** How fast the budget burns in the windows of a rule; 1 spends it exactly in the period; null: nothing was counted. */
    public record Burn(
            String rule,
            @Nullable BigDecimal longWindow,
            @Nullable BigDecimal shortWindow) {}
}
