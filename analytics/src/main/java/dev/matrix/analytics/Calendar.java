package dev.matrix.analytics;

import dev.matrix.core.InvalidRequestException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where buckets begin and end in a zone: days have 23, 24 or 25 hours, an hour ends at the next full local hour or at a change of
 * offset, and a local day that never was has no bucket.
 *
 * @param weekStart the first day of weeks
 * @param fiscalYearStart the first month of years; quarters follow it
 */
record Calendar(DayOfWeek weekStart, Month fiscalYearStart) {

    static final Calendar STANDARD = new Calendar(DayOfWeek.MONDAY, Month.JANUARY);

    /** At most so many buckets are listed. */
    static final int MOST_BUCKETS = 20_000;

    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm", Locale.ROOT);
    private static final DateTimeFormatter MONTHS = DateTimeFormatter.ofPattern("uuuu-MM", Locale.ROOT);
    private static final int QUARTER = 3;

    Bucketing bucketing(TimeRange range, ZoneId zone) {
        return at -> span(at, range, zone);
    }

    Bucketing.Span span(Instant at, TimeRange range, ZoneId zone) {
        if (range == TimeRange.HOUR) {
            return hour(at, zone);
        }
        LocalDate day = at.atZone(zone).toLocalDate();
        LocalDate first = first(day, range);
        Instant end = start(next(first, range), zone);
        // Where clocks go back over midnight, the end of a local day comes again after the next one has begun.
        while (!at.isBefore(end)) {
            first = next(first, range);
            end = start(next(first, range), zone);
        }
        return new Bucketing.Span(start(first, zone), end);
    }

    private static Instant start(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }

    private LocalDate first(LocalDate day, TimeRange range) {
        return switch (range) {
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(weekStart));
            case MONTH -> day.withDayOfMonth(1);
            case QUARTER -> day.withDayOfMonth(1).minusMonths(sinceFiscalStart(day) % QUARTER);
            case YEAR -> day.withDayOfMonth(1).minusMonths(sinceFiscalStart(day));
            case DAY, HOUR -> day;
        };
    }

    private int sinceFiscalStart(LocalDate day) {
        return Math.floorMod(day.getMonthValue() - fiscalYearStart.getValue(), 12);
    }

    private static LocalDate next(LocalDate first, TimeRange range) {
        return switch (range) {
            case WEEK -> first.plusWeeks(1);
            case MONTH -> first.plusMonths(1);
            case QUARTER -> first.plusMonths(QUARTER);
            case YEAR -> first.plusYears(1);
            case DAY, HOUR -> first.plusDays(1);
        };
    }

    private static Bucketing.Span hour(Instant at, ZoneId zone) {
        ZoneOffset offset = zone.getRules().getOffset(at);
        LocalDateTime hour = LocalDateTime.ofInstant(at, offset).truncatedTo(ChronoUnit.HOURS);
        Instant from = hour.toInstant(offset);
        Instant to = from.plus(Duration.ofHours(1));
        ZoneOffsetTransition before = zone.getRules().previousTransition(at.plusNanos(1));
        ZoneOffsetTransition after = zone.getRules().nextTransition(at);
        if (before != null && before.getInstant().isAfter(from)) {
            from = before.getInstant();
        }
        if (after != null && after.getInstant().isBefore(to)) {
            to = after.getInstant();
        }
        return new Bucketing.Span(from, to);
    }

    /** The window of the bucket that holds an instant and those before it. */
    Window last(int count, TimeRange range, ZoneId zone, Instant now) {
        if (count < 1 || count > MOST_BUCKETS) {
            throw new InvalidRequestException(
                    "A window has 1 to " + MOST_BUCKETS + " buckets; " + count + " are not allowed.");
        }
        Bucketing.Span current = span(now, range, zone);
        Instant from = current.from();
        for (int i = 1; i < count; i++) {
            from = span(from.minusNanos(1), range, zone).from();
        }
        return new Window(from, current.to());
    }

    /**
     * The buckets of a window, the first and the last cut to it.
     *
     * @throws InvalidRequestException for more than 20,000
     */
    List<Bucket> buckets(Window window, TimeRange range, ZoneId zone) {
        List<Bucket> buckets = new ArrayList<>();
        Instant from = window.from();
        while (from.isBefore(window.to())) {
            if (buckets.size() == MOST_BUCKETS) {
                throw new InvalidRequestException(
                        "A window of " + window.from() + " to " + window.to() + " has more than " + MOST_BUCKETS
                                + " buckets of one " + range + ". Choose longer buckets or a shorter window.");
            }
            Bucketing.Span span = span(from, range, zone);
            Instant to = span.to().isAfter(window.to()) ? window.to() : span.to();
            boolean whole = from.equals(span.from()) && to.equals(span.to());
            buckets.add(new Bucket(from, to, whole ? label(from, range, zone) : partLabel(from, to, zone)));
            from = to;
        }
        return buckets;
    }

    /** Whether a window begins and ends where buckets do. */
    boolean isAligned(Window window, TimeRange range, ZoneId zone) {
        return isEdge(window.from(), range, zone) && isEdge(window.to(), range, zone);
    }

    private boolean isEdge(Instant at, TimeRange range, ZoneId zone) {
        return span(at, range, zone).from().equals(at);
    }

    private String label(Instant from, TimeRange range, ZoneId zone) {
        LocalDate day = from.atZone(zone).toLocalDate();
        return switch (range) {
            case HOUR -> hourLabel(from, zone);
            case DAY -> day.toString();
            case WEEK -> weekLabel(day);
            case MONTH -> MONTHS.format(day);
            case QUARTER -> yearLabel(day) + "-Q" + (sinceFiscalStart(day) / QUARTER + 1);
            case YEAR -> yearLabel(day);
        };
    }

    /** A local hour that comes twice carries its offset. */
    private static String hourLabel(Instant from, ZoneId zone) {
        LocalDateTime local = LocalDateTime.ofInstant(from, zone);
        boolean twice = zone.getRules().getValidOffsets(local).size() > 1;
        return MINUTES.format(local) + (twice ? zone.getRules().getOffset(from).getId() : "");
    }

    private String weekLabel(LocalDate day) {
        return weekStart == DayOfWeek.MONDAY
                ? String.format(
                        Locale.ROOT,
                        "%04d-W%02d",
                        day.get(IsoFields.WEEK_BASED_YEAR),
                        day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR))
                : day.toString();
    }

    /** A fiscal year has the name of the calendar year that it ends in. */
    private String yearLabel(LocalDate day) {
        return fiscalYearStart == Month.JANUARY
                ? Integer.toString(day.getYear())
                : "FY" + day.minusMonths(sinceFiscalStart(day)).plusMonths(11).getYear();
    }

    private static String partLabel(Instant from, Instant to, ZoneId zone) {
        return MINUTES.format(LocalDateTime.ofInstant(from, zone)) + "/"
                + MINUTES.format(LocalDateTime.ofInstant(to, zone));
    }

    /**
     * The buckets of a list, and one before and one after them all, so that every instant has its bucket.
     *
     * @param buckets not empty, in time order, without gaps
     */
    static Bucketing over(List<Bucket> buckets) {
        TreeMap<Instant, Bucketing.Span> starts = new TreeMap<>();
        Instant first = buckets.get(0).from();
        Instant end = buckets.get(buckets.size() - 1).to();
        starts.put(Instant.MIN, new Bucketing.Span(Instant.MIN, first));
        buckets.forEach(bucket -> starts.put(bucket.from(), new Bucketing.Span(bucket.from(), bucket.to())));
        starts.put(end, new Bucketing.Span(end, Instant.MAX));
        return at -> value(starts.floorEntry(at));
    }

    private static Bucketing.Span value(Map.@Nullable Entry<Instant, Bucketing.Span> entry) {
        if (entry == null) {
            throw new IllegalStateException("No instant lies before Instant.MIN.");
        }
        return entry.getValue();
    }
}
