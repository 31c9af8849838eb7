package dev.matrix.analytics;

import dev.matrix.analytics.spi.FactFilter;
import dev.matrix.core.Ids;
import dev.matrix.core.InvalidRequestException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every report of a query has in common: its instant, zone, window and buckets.
 *
 * @param until the last recorded day that counts
 */
record Frame(
        ReportQuery query,
        Settings settings,
        Instant now,
        ZoneId zone,
        Window window,
        List<Bucket> buckets,
        LocalDate until) {

    private static final int BUCKETS = 12;
    private static final int MOST_POINTS = 20_000;
    private static final Duration LATE_COMMITS = Duration.ofHours(1);
    private static final LocalDate ALWAYS = LocalDate.of(9999, 12, 31);

    /**
     * The frame of a query.
     *
     * @throws Unprocessable for a day that isn't over
     */
    static Frame of(ReportQuery query, Settings settings, Instant now) {
        ZoneId zone = query.zone() == null ? settings.reportingZone() : query.zone();
        Window window = query.window() == null
                ? settings.calendar().last(BUCKETS, query.timeRange(), zone, now)
                : query.window();
        LocalDate until = until(query.asOf(), settings, now);
        return new Frame(
                query,
                settings,
                now,
                zone,
                window,
                settings.calendar().buckets(window, query.timeRange(), zone),
                until);
    }

    private static LocalDate until(@Nullable Instant asOf, Settings settings, Instant now) {
        if (asOf == null) {
            return ALWAYS;
        }
        LocalDate day = asOf.atZone(settings.reportingZone()).toLocalDate();
        if (endOf(day, settings).isAfter(now)) {
            throw new Unprocessable("Numbers can be shown as of days that are over; " + day + " isn't, in "
                    + settings.reportingZone() + ".");
        }
        return day;
    }

    private static Instant endOf(LocalDate day, Settings settings) {
        return day.plusDays(1).atStartOfDay(settings.reportingZone()).toInstant();
    }

    /** Facts that were recorded then or later don't count. */
    Instant recordedBefore() {
        return query.asOf() == null ? FactFilter.ALWAYS : endOf(until, settings);
    }

    /** The measures asked for, or a report's usual ones; each must be among those it has, each metric among a measure's. */
    Set<Measure> measures(Set<Measure> allowed, Measure... usual) {
        Set<Measure> measures = query.measures().isEmpty() ? new LinkedHashSet<>(List.of(usual)) : query.measures();
        for (Measure measure : measures) {
            if (!allowed.contains(measure)) {
                throw new InvalidRequestException(
                        "This report doesn't have " + measure + "; it has " + new ArrayList<>(allowed) + ".");
            }
            if (!measure.metrics().containsAll(query.metrics())) {
                throw new InvalidRequestException(
                        measure + " is shown as " + measure.metrics() + ", not as " + query.metrics() + ".");
            }
        }
        limit(measures.size());
        return measures;
    }

    private void limit(int measures) {
        long groups = query.groupBy().isEmpty() ? 1 : query.topGroups() + 1L;
        long points = groups * buckets.size() * measures * query.metrics().size();
        if (points > MOST_POINTS) {
            throw new Unprocessable(
                    "A report has at most " + MOST_POINTS + " numbers per currency; this one would have up to " + points
                            + ". Choose longer buckets, a shorter window, or fewer groups and measures.");
        }
    }

    Header header(Ids ids, String answeredBy) {
        return new Header(
                ids.next("rpt"),
                window,
                query.timeRange(),
                zone,
                query.currency(),
                now,
                query.asOf(),
                settings.policy(),
                answeredBy);
    }

    Optional<Warning> openDay() {
        return query.asOf() != null && now.isBefore(endOf(until, settings).plus(LATE_COMMITS))
                ? Optional.of(new Warning(
                        "as_of_open",
                        "Events of " + until + " may still be committed; an hour after its end the numbers stand."))
                : Optional.empty();
    }

    /** When a bucket is final. */
    Instant closedAt(int bucket) {
        return buckets.get(bucket).to().plus(settings.closeAfter());
    }

    /**
     * A bucket's state.
     *
     * @param restated whether something that was recorded after it had been closed changed it
     */
    BucketState state(int bucket, boolean restated) {
        if (now.isBefore(buckets.get(bucket).to())) {
            return BucketState.PARTIAL;
        }
        if (now.isBefore(closedAt(bucket))) {
            return BucketState.CLOSING;
        }
        return restated ? BucketState.RESTATED : BucketState.FINAL;
    }

    Point point(int bucket, @Nullable BigDecimal value, BucketState state) {
        return Point.of(buckets.get(bucket), value, state);
    }

    /** A series' name for people, such as {@code MRR EUR pro}. */
    static String name(Measure measure, Metric metric, @Nullable String currency, Map<String, String> group) {
        Set<String> words = new LinkedHashSet<>();
        words.add(measure.name().replace('_', ' ') + suffix(metric));
        if (currency != null) {
            words.add(currency);
        }
        words.addAll(group.values());
        return String.join(" ", words);
    }

    private static String suffix(Metric metric) {
        return switch (metric) {
            case SUM -> "";
            case COUNT -> " count";
            case AVERAGE -> " average";
            case MIN -> " minimum";
            case MAX -> " maximum";
            case GROWTH -> " growth";
        };
    }
}
