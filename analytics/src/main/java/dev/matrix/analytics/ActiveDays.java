package dev.matrix.analytics;

import java.util.List;

/**
 * On how many of the last 28 days, today included, customers used something.
 *
 * @param histogram at place n, how many customers did so on n days; 0 to 28, where 0 is always 0
 */
public record ActiveDays(List<Long> histogram) {

    /** How many days are looked at. */
    public static final int DAYS = 28;

    private static final int POWER = 21;

    public ActiveDays {
        histogram = List.copyOf(histogram);
    }

    /** Customers who used something on 21 days or more. */
    public long powerUsers() {
        return histogram.stream().skip(POWER).mapToLong(Long::longValue).sum();
    }
}
