package dev.matrix.analytics;

import dev.matrix.analytics.Point.Projection;
import dev.matrix.analytics.forecast.Forecast;
import dev.matrix.analytics.forecast.Forecaster;
import dev.matrix.analytics.forecast.TimeSeries;
import dev.matrix.core.money.Currency;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sets a report's series beside what was earlier and what is expected, each from reports of the same query over other windows: so
 * both are by the same facts, filters and zone. Thread-safe.
 */
record Perspective(Settings settings, InstantSource clock) {

    private static final double LEVEL = 0.8;
    private static final int FEWEST_PAST = 2;
    private static final int PAST = 3;
    private static final int DECIMALS = 6;

    /** The series of a report with what its query asks for beside them. */
    List<Series> of(ReportQuery query, Report report, Function<ReportQuery, Report> reports) {
        List<Series> series = report.series();
        if (query.comparison() != Comparison.NONE) {
            series = compared(query, report.header(), series, reports);
        }
        return query.projected() ? projected(query, report.header(), series, reports) : series;
    }

    private List<Series> compared(
            ReportQuery query, Header header, List<Series> series, Function<ReportQuery, Report> reports) {
        List<Bucket> earlier =
                settings.calendar().buckets(earlier(query.comparison(), header), header.timeRange(), header.zone());
        Window window = new Window(
                earlier.get(0).from(), earlier.get(earlier.size() - 1).to());
        List<Series> former =
                reports.apply(query.plain(window, header.timeRange())).series();
        List<Series> open = List.of();
        int at = open(series);
        if (at >= 0 && at < earlier.size()) {
            Point point = series.get(0).points().get(at);
            open = reports.apply(query.plain(same(point, earlier.get(at), header.now()), header.timeRange()))
                    .series();
        }
        List<Series> compared = new ArrayList<>();
        for (Series each : series) {
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < each.points().size(); i++) {
                points.add(each.points().get(i).with(i == at ? value(open, each, 0) : value(former, each, i)));
            }
            compared.add(each.with(points));
        }
        return compared;
    }

    private static int open(List<Series> series) {
        if (!series.isEmpty()) {
            List<Point> points = series.get(0).points();
            for (int i = 0; i < points.size(); i++) {
                if (points.get(i).state() == BucketState.PARTIAL) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static @Nullable BigDecimal value(List<Series> all, Series like, int at) {
        return all.stream()
                .filter(like::matches)
                .findFirst()
                .filter(series -> at < series.points().size())
                .map(series -> series.points().get(at).value())
                .orElse(null);
    }

    private Window earlier(Comparison comparison, Header header) {
        Window window = header.window();
        ZoneId zone = header.zone();
        if (comparison == Comparison.YEAR_EARLIER) {
            return new Window(
                    window.from().atZone(zone).minusYears(1).toInstant(),
                    window.to().atZone(zone).minusYears(1).toInstant());
        }
        Instant from = window.from();
        int count =
                settings.calendar().buckets(window, header.timeRange(), zone).size();
        for (int i = 0; i < count; i++) {
            from = settings.calendar()
                    .span(from.minusNanos(1), header.timeRange(), zone)
                    .from();
        }
        return new Window(from, window.from());
    }

    /** The part of an earlier bucket that is as large a share of it as what has passed of an open one; not empty. */
    private static Window same(Point open, Bucket earlier, Instant now) {
        double share = (double) Duration.between(open.from(), now).toSeconds()
                / Duration.between(open.from(), open.to()).toSeconds();
        long seconds = Math.round(
                share * Duration.between(earlier.from(), earlier.to()).toSeconds());
        return new Window(earlier.from(), earlier.from().plusSeconds(Math.max(1, seconds)));
    }

    private List<Series> projected(
            ReportQuery query, Header header, List<Series> series, Function<ReportQuery, Report> reports) {
        TimeRange part = switch (header.timeRange()) {
            case HOUR, DAY -> null;
            case WEEK, MONTH -> TimeRange.DAY;
            case QUARTER, YEAR -> TimeRange.MONTH;
        };
        int at = open(series);
        if (part == null || at < 0 || query.metrics().stream().noneMatch(metric -> metric == Metric.SUM)) {
            return series;
        }
        Point open = series.get(0).points().get(at);
        Instant from = settings.calendar()
                .last(PAST + 1, header.timeRange(), header.zone(), open.from())
                .from();
        List<Series> parts =
                reports.apply(query.plain(new Window(from, open.to()), part)).series();
        List<Series> projected = new ArrayList<>();
        for (Series each : series) {
            // Movements net out within a bucket, so those of its days don't add up to its own.
            boolean addsUp = each.measure().kind() == Measure.Kind.FLOW
                    && !each.measure().isRecurring()
                    && each.metric() == Metric.SUM;
            Projection projection = addsUp
                    ? parts.stream()
                            .filter(each::matches)
                            .findFirst()
                            .map(own -> projection(each, own, open, header.timeRange(), header.zone()))
                            .orElse(null)
                    : null;
            List<Point> points = new ArrayList<>(each.points());
            points.set(at, points.get(at).with(projection));
            projected.add(each.with(points));
        }
        return projected;
    }

    private @Nullable Projection projection(Series whole, Series parts, Point open, TimeRange range, ZoneId zone) {
        List<Double> past = new ArrayList<>();
        double closed = 0;
        int ahead = 0;
        int closedParts = 0;
        Instant first = null;
        for (Point part : parts.points()) {
            BigDecimal value = part.value();
            boolean over = part.state() != BucketState.PARTIAL && !part.to().isAfter(clock.instant());
            boolean nothingYet = past.isEmpty() && (value == null || value.signum() == 0);
            boolean within = !part.from().isBefore(open.from());
            if (!over) {
                ahead++;
            } else if (!nothingYet || within) {
                first = first == null ? part.from() : first;
                past.add(value == null ? 0 : value.doubleValue());
                closed += within && value != null ? value.doubleValue() : 0;
                closedParts += within ? 1 : 0;
            }
        }
        if (closedParts == 0 || ahead == 0 || first == null || bucketsSince(first, open, range, zone) < FEWEST_PAST) {
            return null;
        }
        int[] periods = range == TimeRange.WEEK || range == TimeRange.MONTH ? new int[] {7} : new int[] {12};
        Forecast forecast = Forecaster.auto()
                .forecast(
                        TimeSeries.of(
                                past.stream().mapToDouble(Double::doubleValue).toArray(), periods),
                        ahead);
        double rest = 0;
        double square = 0;
        for (int h = 1; h <= ahead; h++) {
            rest += forecast.point(h);
            double half = (forecast.upper(LEVEL, h) - forecast.lower(LEVEL, h)) / 2;
            square += half * half;
        }
        double half = Math.sqrt(square);
        double value = closed + rest;
        return new Projection(shown(value, whole), shown(value - half, whole), shown(value + half, whole));
    }

    private long bucketsSince(Instant first, Point open, TimeRange range, ZoneId zone) {
        return first.isBefore(open.from())
                ? settings.calendar()
                        .buckets(new Window(first, open.from()), range, zone)
                        .size()
                : 0;
    }

    private static BigDecimal shown(double value, Series series) {
        Currency currency = series.currency();
        boolean money = series.measure().unit() == Measure.Unit.MONEY && currency != null;
        int scale = money ? Objects.requireNonNull(currency).scale() : DECIMALS;
        return BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_EVEN);
    }
}
