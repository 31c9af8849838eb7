package dev.matrix.analytics;

import dev.matrix.core.event.payload.BillingInterval;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Prices by the month. MRR is counted in parts of a minor unit, {@value #PARTS} to one, which every usual interval divides without
 * a rest: 1 to 12, 18, 24, 36, 48 and 60 months, 1, 2 and 4 weeks, 1, 7, 30, 90 and 365 days, with whole percentages of discount.
 */
public final class Mrr {

    /** Parts of one minor unit. */
    static final long PARTS = 16_632_000;

    private static final int MONTHS = 12;
    private static final int DAYS = 365;
    private static final int DAYS_OF_A_WEEK = 7;

    private Mrr() {}

    /**
     * What a price per interval is by the month: over n months a nth, over n years a 12nth, over n days 365/(12n), over n weeks
     * 365/(84n) of it.
     *
     * @param scale decimals of the result
     */
    public static BigDecimal monthly(BigDecimal price, BillingInterval interval, int scale, RoundingMode rounding) {
        return Fraction.of(price).times(factor(interval)).rounded(scale, rounding);
    }

    static Fraction factor(BillingInterval interval) {
        long count = interval.count();
        return switch (interval.unit()) {
            case MONTH -> Fraction.of(1, count);
            case YEAR -> Fraction.of(1, MONTHS * count);
            case DAY -> Fraction.of(DAYS, MONTHS * count);
            case WEEK -> Fraction.of(DAYS, (long) DAYS_OF_A_WEEK * MONTHS * count);
        };
    }

    /** An amount of parts in units of a currency with so many decimals. */
    static Fraction units(BigInteger parts, int scale) {
        return Fraction.of(parts, BigInteger.valueOf(PARTS).multiply(BigInteger.TEN.pow(scale)));
    }
}
