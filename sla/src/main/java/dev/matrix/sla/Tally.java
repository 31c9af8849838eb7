package dev.matrix.sla;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * What an objective is judged by: so much of it was bad. Exact; a double is never compared.
 *
 * @param bad minutes, requests, slices, or the sum of slices' shares; at most the total
 */
record Tally(BigDecimal bad, long total) {

    static final Tally NOTHING = new Tally(BigDecimal.ZERO, 0);

    private static final int LEAST_DECIMALS = 2;
    private static final int HEADROOM = 20;

    static Tally of(long bad, long total) {
        return new Tally(BigDecimal.valueOf(bad), total);
    }

    boolean isEmpty() {
        return total == 0;
    }

    /** Whether the attainment is below a percentage. */
    boolean isBelow(BigDecimal percent) {
        return exceeds(Requirements.HUNDRED.subtract(percent));
    }

    /** Whether more than this percentage is bad; never without anything to judge. */
    boolean exceeds(BigDecimal percent) {
        return bad.multiply(Requirements.HUNDRED).compareTo(percent.multiply(BigDecimal.valueOf(total))) > 0;
    }

    /** Percent, rounded towards the worse side to the target's decimals, at least 2; not for an empty tally. */
    BigDecimal attainment(BigDecimal target) {
        BigDecimal good = BigDecimal.valueOf(total).subtract(bad).multiply(Requirements.HUNDRED);
        return good.divide(BigDecimal.valueOf(total), Math.max(LEAST_DECIMALS, target.scale()), RoundingMode.DOWN);
    }

    /** How often the budget, in percent, was spent, to 4 decimals; not for an empty tally. */
    BigDecimal burn(BigDecimal budget) {
        return bad.multiply(Requirements.HUNDRED)
                .divide(BigDecimal.valueOf(total).multiply(budget), 4, RoundingMode.HALF_EVEN);
    }

    /** What may be bad of the total, in the unit of the tally. */
    BigDecimal allowed(BigDecimal budget) {
        return budget.multiply(BigDecimal.valueOf(total)).divide(Requirements.HUNDRED, HEADROOM, RoundingMode.DOWN);
    }

    /** Percent of the budget that is left, to 2 decimals, rounded towards the worse side; negative once overspent. */
    BigDecimal budgetLeft(BigDecimal budget) {
        BigDecimal spent = bad.multiply(Requirements.HUNDRED)
                .multiply(Requirements.HUNDRED)
                .divide(BigDecimal.valueOf(total).multiply(budget), MathContext.DECIMAL128);
        return Requirements.HUNDRED.subtract(spent).setScale(2, RoundingMode.FLOOR);
    }
}
