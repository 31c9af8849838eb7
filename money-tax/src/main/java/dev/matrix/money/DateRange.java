package dev.matrix.money;

import dev.matrix.core.InvalidRequestException;
import java.time.LocalDate;

/**
 * Days from one to another, both included.
 *
 * @param from the first day
 * @param to the last day; not before {@code from}
 */
public record DateRange(LocalDate from, LocalDate to) {

    public DateRange {
        if (to.isBefore(from)) {
            throw new InvalidRequestException("A range of days ends before it begins: " + from + " to " + to + ".");
        }
    }

    /** Whether the day lies in this range. */
    public boolean contains(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }
}
