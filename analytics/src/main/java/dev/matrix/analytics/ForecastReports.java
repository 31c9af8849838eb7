package dev.matrix.analytics;

import dev.matrix.analytics.ForecastReport.Expected;
import dev.matrix.analytics.ForecastReport.Interval;
import dev.matrix.analytics.forecast.Backtest;
import dev.matrix.analytics.forecast.Forecast;
import dev.matrix.analytics.forecast.ForecastOptions;
import dev.matrix.analytics.forecast.TimeSeries;
import dev.matrix.core.Ids;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Currency;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers forecast queries. Thread-safe. */
record ForecastReports(Settings settings, RevenueReports revenue, UsageReports usage, InstantSource clock, Ids ids) {

    private static final int DEFAULT_HISTORY = 36;
    private static final int MOST_BACKTESTED = 12;
    private static final int RATIO_DECIMALS = 6;

    ForecastReport forecast(ForecastQuery query) {
        ReportQuery history = history(query);
        Report report =
                query.measure().compareTo(Measure.USAGE_RUN_RATE) <= 0 ? revenue.report(history) : usage.usage(history);
        if (report.series().size() != 1) {
            throw new InvalidRequestException("A forecast continues one series; " + query.measure() + " has "
                    + report.series().size() + " here. Ask for one currency, and filter.");
        }
        Series past = ended(report.series().get(0));
        double[] values = past.points().stream()
                .map(Point::value)
                .filter(Objects::nonNull)
                .mapToDouble(BigDecimal::doubleValue)
                .toArray();
        if (values.length == 0) {
            throw new InvalidRequestException(
                    "There is nothing to continue: no bucket of the history has ended with a value.");
        }
        TimeSeries series = TimeSeries.of(values, periods(history.timeRange()));
        ForecastOptions options = past.points().stream()
                        .allMatch(
                                point -> point.value() == null || point.value().signum() >= 0)
                ? query.options().withNonNegative(true)
                : query.options();
        Forecast forecast = query.model().forecast(series, query.horizon(), options);
        return new ForecastReport(
                report.header(),
                List.of(past),
                expected(query, past, forecast, report.header()),
                forecast,
                backtest(query, series, options),
                report.warnings());
    }

    private ReportQuery history(ForecastQuery query) {
        ReportQuery history = query.history();
        Window window = history.window() == null
                ? settings.calendar()
                        .last(
                                DEFAULT_HISTORY,
                                history.timeRange(),
                                history.zone() == null ? settings.reportingZone() : history.zone(),
                                clock.instant())
                : history.window();
        return ReportQuery.builder()
                .scope(history.scope())
                .window(window)
                .timeRange(history.timeRange())
                .zone(history.zone())
                .measures(query.measure())
                .filters(history.filters().toArray(Filter[]::new))
                .currency(history.currency())
                .asOf(history.asOf())
                .build();
    }

    /** Without the bucket that has not ended, and without the empty ones before there was anything. */
    private static Series ended(Series series) {
        List<Point> points = new ArrayList<>();
        for (Point point : series.points()) {
            BigDecimal value = point.value();
            boolean nothingYet = points.isEmpty() && (value == null || value.signum() == 0);
            if (point.state() != BucketState.PARTIAL && !nothingYet) {
                points.add(point);
            }
        }
        return new Series(series.name(), series.measure(), series.metric(), series.currency(), series.group(), points);
    }

    private static int[] periods(TimeRange range) {
        return switch (range) {
            case HOUR -> new int[] {24, 168};
            case DAY -> new int[] {7};
            case WEEK -> new int[] {52};
            case MONTH -> new int[] {12};
            case QUARTER -> new int[] {4};
            case YEAR -> new int[] {1};
        };
    }

    private List<Expected> expected(ForecastQuery query, Series past, Forecast forecast, Header header) {
        Instant from = past.points().get(past.points().size() - 1).to();
        List<Expected> expected = new ArrayList<>();
        for (int h = 1; h <= query.horizon(); h++) {
            Bucketing.Span span = settings.calendar().span(from, header.timeRange(), header.zone());
            String label = settings.calendar()
                    .buckets(new Window(span.from(), span.to()), header.timeRange(), header.zone())
                    .get(0)
                    .label();
            Map<Double, Interval> intervals = new HashMap<>();
            for (double level : query.options().levels()) {
                intervals.put(
                        level,
                        new Interval(shown(forecast.lower(level, h), past), shown(forecast.upper(level, h), past)));
            }
            expected.add(new Expected(label, shown(forecast.point(h), past), intervals));
            from = span.to();
        }
        return expected;
    }

    private static BigDecimal shown(double value, Series past) {
        Currency currency = past.currency();
        int scale = past.measure().unit() == Measure.Unit.MONEY && currency != null ? currency.scale() : RATIO_DECIMALS;
        return BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_EVEN);
    }

    private static @Nullable Backtest backtest(ForecastQuery query, TimeSeries series, ForecastOptions options) {
        int length = series.values().length;
        int[] periods = series.periods();
        int period = periods.length == 0 ? 1 : periods[0];
        int held = Math.min(Math.min(query.horizon(), MOST_BACKTESTED), length / 3);
        return held < 1 || length - held <= Math.max(1, period)
                ? null
                : Backtest.of(query.model(), series, held, options);
    }
}
