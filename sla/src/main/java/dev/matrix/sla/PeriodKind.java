package dev.matrix.sla;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * When periods begin.
 *
 * @param dayOfMonth 1 to 31, clipped to the month's last day
 */
public record PeriodKind(int dayOfMonth) {

    public PeriodKind {
        Requirements.range(dayOfMonth, 1, 31, "period.dayOfMonth");
    }

    /** The calendar month: periods begin on the first. */
    public static PeriodKind calendarMonth() {
        return new PeriodKind(1);
    }

    /** A month from a day to the next month's same day, clipped to the month's end. */
    public static PeriodKind anniversaryMonth(int dayOfMonth) {
        return new PeriodKind(dayOfMonth);
    }

    /** The first day of the period that contains a day. */
    LocalDate firstDayAt(LocalDate day) {
        LocalDate own = firstDayIn(YearMonth.from(day));
        return own.isAfter(day) ? firstDayIn(YearMonth.from(day).minusMonths(1)) : own;
    }

    /** The first day of the next period. */
    LocalDate next(LocalDate first) {
        return firstDayIn(YearMonth.from(first).plusMonths(1));
    }

    private LocalDate firstDayIn(YearMonth month) {
        return month.atDay(Math.min(dayOfMonth, month.lengthOfMonth()));
    }
}
