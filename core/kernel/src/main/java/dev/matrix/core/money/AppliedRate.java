package dev.matrix.core.money;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The rate of a conversion with all that it was made of. Kept with a document, it repeats that conversion years later without
 * any store: amounts are computed from the legs, exactly, and rounded once.
 *
 * @param from the source's currency
 * @param to the target's currency
 * @param rate units of {@code to} for 1 {@code from}, markup included, in 34 digits (DECIMAL128); to show, not to compute with
 * @param legs the quotes from {@code from} to {@code to}, in order; none if both are one currency
 * @param side which price of the quotes it is; MID where a leg had no sides
 * @param markupPercent m, by which the quotes' rate was multiplied with {@code 1 − m/100}; 0 if none
 * @param observedOn the day of the oldest leg, in its source's calendar
 * @param ageDays how old it was at the conversion, in days
 */
public record AppliedRate(
        Currency from,
        Currency to,
        BigDecimal rate,
        List<RateLeg> legs,
        RateSide side,
        BigDecimal markupPercent,
        LocalDate observedOn,
        int ageDays) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    public AppliedRate {
        requireNonNull(rate, "rate");
        requireNonNull(side, "side");
        requireNonNull(observedOn, "observedOn");
        legs = List.copyOf(legs);
        checkMarkup(markupPercent);
        Currency reached = requireNonNull(from, "from");
        for (RateLeg leg : legs) {
            if (!leg.from().equals(reached)) {
                throw new InvalidRequestException(
                        "A leg starts at " + leg.from().code() + " where the path has reached " + reached.code()
                                + "; legs follow each other.");
            }
            reached = leg.to();
        }
        if (!reached.equals(requireNonNull(to, "to"))) {
            throw new InvalidRequestException(
                    "The legs lead from " + from.code() + " to " + reached.code() + ", not to " + to.code() + ".");
        }
    }

    /** The rate of these legs, its {@link #rate()} computed from them. */
    public static AppliedRate of(
            Currency from,
            Currency to,
            List<RateLeg> legs,
            RateSide side,
            BigDecimal markupPercent,
            LocalDate observedOn,
            int ageDays) {
        BigDecimal rate = dividend(BigDecimal.ONE, legs, markupPercent).divide(divisor(legs), MathContext.DECIMAL128);
        return new AppliedRate(from, to, rate, legs, side, markupPercent, observedOn, ageDays);
    }

    /**
     * Converts an amount of {@code from}: the exact product and quotient of the legs and the markup, rounded once.
     *
     * @throws CurrencyMismatchException if the amount is not in {@code from}
     * @throws ArithmeticException if the mode is UNNECESSARY and a digit would be lost
     */
    public Money apply(Money source, RoundingMode rounding) {
        CurrencyMismatchException.check(from, source.currency());
        return Money.of(dividend(source.amount(), legs, markupPercent).divide(divisor(legs), to.scale(), rounding), to);
    }

    /**
     * The way back: the same quotes from {@code to} to {@code from}, BID and ASK changing places, and the markup taken out
     * again. Nothing is rounded before use but a markup, whose inverse has 34 digits.
     */
    public AppliedRate inverse() {
        List<RateLeg> back = new ArrayList<>();
        legs.forEach(leg -> back.add(leg.inverse()));
        Collections.reverse(back);
        BigDecimal markup = markupPercent.signum() == 0
                ? markupPercent
                : HUNDRED.subtract(
                        HUNDRED.multiply(HUNDRED).divide(HUNDRED.subtract(markupPercent), MathContext.DECIMAL128));
        return of(to, from, back, side.opposite(), markup, observedOn, ageDays);
    }

    static void checkMarkup(BigDecimal percent) {
        if (percent.compareTo(HUNDRED) >= 0) {
            throw new InvalidRequestException("A markup is below 100 %; " + percent + " would leave nothing.");
        }
    }

    private static BigDecimal dividend(BigDecimal amount, List<RateLeg> legs, BigDecimal markupPercent) {
        BigDecimal product = markupPercent.signum() == 0
                ? amount
                : amount.multiply(HUNDRED.subtract(markupPercent).movePointLeft(2));
        for (RateLeg leg : legs) {
            product = leg.inverted() ? product : product.multiply(leg.value());
        }
        return product;
    }

    private static BigDecimal divisor(List<RateLeg> legs) {
        BigDecimal product = BigDecimal.ONE;
        for (RateLeg leg : legs) {
            product = leg.inverted() ? product.multiply(leg.value()) : product;
        }
        return product;
    }
}
