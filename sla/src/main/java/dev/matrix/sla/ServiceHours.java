package dev.matrix.sla;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;

/**
 * When a service is promised, in the binding's zone. A span that ends at or before it begins goes over midnight and belongs to
 * the day on which it begins. In the gap of a clock change there is no local time and so no service; in an overlap both hours
 * count.
 */
public record ServiceHours(List<Span> spans) {

    public ServiceHours {
        spans = List.copyOf(spans);
        Requirements.range(spans.size(), 1, 50, "hours.spans");
    }

    /**
     * A daily span.
     *
     * @param days the weekdays on which it begins, MONDAY to SUNDAY
     * @param from first minute, such as 09:00
     * @param to end, exclusive; 00:00 is midnight at the day's end
     */
    public record Span(Set<DayOfWeek> days, String from, String to) {

        public Span {
            days = Set.copyOf(days);
            Requirements.range(days.size(), 1, 7, "hours.spans.days");
            time(from);
            time(to);
        }

        private static LocalTime time(String text) {
            Requirements.that(
                    text.matches("([01][0-9]|2[0-3]):[0-5][0-9]"),
                    "hours.spans",
                    "is from and to a time such as 09:00");
            return LocalTime.parse(text);
        }

        boolean contains(DayOfWeek day, LocalTime at) {
            LocalTime begin = time(from);
            LocalTime end = time(to);
            if (begin.isBefore(end)) {
                return days.contains(day) && !at.isBefore(begin) && at.isBefore(end);
            }
            return (days.contains(day) && !at.isBefore(begin)) || (days.contains(day.minus(1)) && at.isBefore(end));
        }
    }

    boolean contains(ZonedDateTime minute) {
        for (Span span : spans) {
            if (span.contains(minute.getDayOfWeek(), minute.toLocalTime())) {
                return true;
            }
        }
        return false;
    }
}
