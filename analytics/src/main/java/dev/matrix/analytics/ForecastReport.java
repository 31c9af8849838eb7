package dev.matrix.analytics;

import dev.matrix.analytics.chart.ChartPoint;
import dev.matrix.analytics.chart.ChartSeries;
import dev.matrix.analytics.chart.ChartSpec;
import dev.matrix.analytics.chart.ChartType;
import dev.matrix.analytics.forecast.Backtest;
import dev.matrix.analytics.forecast.Forecast;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A measure and how it is expected to go on.
 *
 * @param series the history, buckets that have ended
 * @param expected one per bucket ahead, in time order
 * @param forecast what they are made of
 * @param backtest how the model would have done on the end of the history; null where that is too short
 */
public record ForecastReport(
        Header header,
        List<Series> series,
        List<Expected> expected,
        Forecast forecast,
        @Nullable Backtest backtest,
        List<Warning> warnings)
        implements Report {

    /**
     * A bucket ahead.
     *
     * @param label its name
     * @param value expected
     * @param intervals by level, such as {@code 0.8}
     */
    public record Expected(String label, BigDecimal value, Map<Double, Interval> intervals) {

        public Expected {
            intervals = Map.copyOf(intervals);
        }
    }

    /** Where a value is expected to be. */
    public record Interval(BigDecimal lower, BigDecimal upper) {}

    public ForecastReport {
        series = List.copyOf(series);
        expected = List.copyOf(expected);
        warnings = List.copyOf(warnings);
    }

    /** The history, then the forecast, dashed, with the band of its lowest level. */
    @Override
    public ChartSpec chart(ChartType type) {
        ChartSpec past = Report.super.chart(type);
        List<ChartPoint> history = new ArrayList<>();
        List<ChartPoint> ahead = new ArrayList<>();
        for (ChartPoint point : past.series().get(0).points()) {
            history.add(point);
            ahead.add(ChartPoint.of(point.label(), null, false));
        }
        for (Expected each : expected) {
            Interval band = new TreeMap<>(each.intervals())
                    .values().stream().findFirst().orElse(new Interval(each.value(), each.value()));
            history.add(ChartPoint.of(each.label(), null, false));
            ahead.add(new ChartPoint(each.label(), each.value(), false, band.lower(), band.upper()));
        }
        return new ChartSpec(
                type,
                past.title() + ", forecast",
                past.description(),
                List.of(ChartSeries.of(past.series().get(0).name(), history), new ChartSeries("forecast", ahead, true)),
                past.unit(),
                past.currency(),
                past.language());
    }
}
