package dev.matrix.refunds;

import java.time.Instant;

/**
 * Which part of a period is given back.
 *
 * @param unit what is counted
 * @param usedUntil up to when the service was used
 * @param days how many days a period counts, for FIXED_DAYS alone, 1 to 366; else 0
 */
public record Proration(Unit unit, Instant usedUntil, int days) {

    /** What is counted. */
    public enum Unit {
        /** Instants, exactly. */
        SECOND,
        /** Local dates of the period's zone; a date is used once any of it has passed. */
        DAY,
        /** Local dates, as parts of a fixed number of days. */
        FIXED_DAYS
    }

    private static final int MOST_DAYS = 366;

    public Proration {
        Checks.year(usedUntil, "A proration's usedUntil");
        Checks.that(
                unit == Unit.FIXED_DAYS ? days >= 1 && days <= MOST_DAYS : days == 0,
                "A proration by fixed days counts 1 to " + MOST_DAYS + " days; any other counts none.");
    }

    /** By the second. */
    public static Proration bySecond(Instant usedUntil) {
        return new Proration(Unit.SECOND, usedUntil, 0);
    }

    /** By the days of the period. */
    public static Proration byDay(Instant usedUntil) {
        return new Proration(Unit.DAY, usedUntil, 0);
    }

    /** By days of which a period has always so many. */
    public static Proration byFixedDays(Instant usedUntil, int days) {
        return new Proration(Unit.FIXED_DAYS, usedUntil, days);
    }
}
