package dev.matrix.analytics;

import dev.matrix.core.InvalidRequestException;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The span of time that a report is about, half-open. Where it begins or ends inside a bucket, the report has that part of it.
 *
 * @param from the first instant
 * @param to the first instant after it
 */
public record Window(Instant from, Instant to) {

    /** @throws InvalidRequestException unless from lies before to */
    public Window {
        if (!from.isBefore(to)) {
            throw new InvalidRequestException("A window begins before it ends; " + from + " to " + to + " doesn't.");
        }
    }

    /** From one instant to another. */
    public static Window between(Instant from, Instant to) {
        return new Window(from, to);
    }

    /**
     * The bucket that holds {@code now} and those before it, {@code count} in all; weeks begin on Monday, years in January.
     *
     * @throws InvalidRequestException unless count is 1 to 20,000
     */
    public static Window last(int count, TimeRange timeRange, ZoneId zone, Instant now) {
        return Calendar.STANDARD.last(count, timeRange, zone, now);
    }
}
