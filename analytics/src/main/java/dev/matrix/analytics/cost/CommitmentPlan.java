package dev.matrix.analytics.cost;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What a commitment costs over given hours.
 *
 * @param units committed per hour; 0: none
 * @param onDemandCost of the hours without any commitment
 * @param cost of the hours with it: all committed units, used or not, and the rest on demand
 * @param coverage the share of the use that it covers, 0 to 1
 * @param utilisation the share of the committed units that are used, 0 to 1
 * @param breakEvenUtilisation the share of the hours in which the last unit must be used to pay: committed ÷ on-demand price
 */
public record CommitmentPlan(
        double units,
        BigDecimal onDemandCost,
        BigDecimal cost,
        double coverage,
        double utilisation,
        double breakEvenUtilisation) {

    /** 1 − cost ÷ on-demand cost; 0 without any use. */
    public double effectiveSavingsRate() {
        return onDemandCost.signum() == 0
                ? 0
                : BigDecimal.ONE
                        .subtract(cost.divide(onDemandCost, MathContext.DECIMAL64))
                        .doubleValue();
    }
}
