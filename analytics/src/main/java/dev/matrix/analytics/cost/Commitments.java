package dev.matrix.analytics.cost;

import dev.matrix.core.InvalidRequestException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;

/** How much of an hourly use to commit to. Pure; usable without a Matrix. */
public final class Commitments {

    private Commitments() {}

    /**
     * The commitment with the lowest cost over the given hours: the smallest observed use Q whose share of hours at or below it is
     * at least 1 − committed ÷ onDemand (the newsvendor's quantile). An hour without use is 0, and belongs into the list.
     *
     * @param hourlyUse units in use, hour by hour, net of what is committed already
     * @param onDemand price of a unit for an hour
     * @param committed price of a committed unit for an hour, used or not
     * @return 0 units where no commitment pays
     * @throws InvalidRequestException for no hours, NaN, a negative hour, or a price that isn't above 0
     */
    public static CommitmentPlan best(double[] hourlyUse, BigDecimal onDemand, BigDecimal committed) {
        check(hourlyUse, onDemand, committed);
        double[] sorted = hourlyUse.clone();
        Arrays.sort(sorted);
        double units = 0;
        if (committed.compareTo(onDemand) < 0) {
            BigDecimal saved = onDemand.subtract(committed);
            long needed = saved.multiply(BigDecimal.valueOf(sorted.length))
                    .divide(onDemand, 0, RoundingMode.CEILING)
                    .longValueExact();
            units = sorted[(int) Math.max(0, needed - 1)];
        }
        return plan(sorted, units, onDemand, committed);
    }

    /** What a commitment of so many units would cost over the given hours. */
    public static CommitmentPlan of(double[] hourlyUse, double units, BigDecimal onDemand, BigDecimal committed) {
        check(hourlyUse, onDemand, committed);
        if (!Double.isFinite(units) || units < 0) {
            throw new InvalidRequestException("A commitment is of 0 units or more; " + units + " is not.");
        }
        return plan(hourlyUse, units, onDemand, committed);
    }

    private static CommitmentPlan plan(double[] hours, double units, BigDecimal onDemand, BigDecimal committed) {
        double total = 0;
        double covered = 0;
        for (double use : hours) {
            total += use;
            covered += Math.min(use, units);
        }
        BigDecimal before = onDemand.multiply(BigDecimal.valueOf(total));
        BigDecimal after = committed
                .multiply(BigDecimal.valueOf(units))
                .multiply(BigDecimal.valueOf(hours.length))
                .add(onDemand.multiply(BigDecimal.valueOf(total - covered)));
        return new CommitmentPlan(
                units,
                before,
                after,
                total == 0 ? 0 : covered / total,
                units == 0 ? 0 : covered / (units * hours.length),
                committed.divide(onDemand, MathContext.DECIMAL64).doubleValue());
    }

    private static void check(double[] hours, BigDecimal onDemand, BigDecimal committed) {
        if (hours.length == 0 || Arrays.stream(hours).anyMatch(use -> !Double.isFinite(use) || use < 0)) {
            throw new InvalidRequestException("Hourly use is a list of numbers of 0 or more, with at least one hour.");
        }
        if (onDemand.signum() <= 0 || committed.signum() <= 0) {
            throw new InvalidRequestException(
                    "Prices are above 0; " + onDemand + " on demand and " + committed + " committed are not.");
        }
    }
}
