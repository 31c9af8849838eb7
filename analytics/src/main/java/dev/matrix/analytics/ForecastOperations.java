package dev.matrix.analytics;

import dev.matrix.analytics.AnalyticsRequests.CreateForecast;
import dev.matrix.analytics.AnalyticsRequests.HistoryRequest;
import dev.matrix.analytics.AnalyticsViews.BacktestView;
import dev.matrix.analytics.AnalyticsViews.ChartView;
import dev.matrix.analytics.AnalyticsViews.ExpectedView;
import dev.matrix.analytics.AnalyticsViews.ForecastView;
import dev.matrix.analytics.AnalyticsViews.IntervalView;
import dev.matrix.analytics.AnalyticsViews.SeriesView;
import dev.matrix.analytics.chart.ChartType;
import dev.matrix.analytics.forecast.Backtest;
import dev.matrix.analytics.forecast.Forecast;
import dev.matrix.analytics.forecast.ForecastOptions;
import dev.matrix.analytics.forecast.TimeSeries;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.ApiProblem;
import dev.matrix.core.api.KeyMode;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operation that forecasts. */
record ForecastOperations(ApiArea area, StoredAnalytics analytics, HeavyCalls heavy) {

    private static final MathContext DIGITS = MathContext.DECIMAL64;

    List<Operation<?, ?>> all() {
        return List.of(area.reading(
                        Operation.post("/v1/analytics/forecasts", CreateForecast.class, Reply.json(ForecastView.class)),
                        "createAnalyticsForecast",
                        "Continues a measure, or values of your own, with intervals and a backtest.")
                .key(KeyMode.UNUSED)
                .status(200)
                .rate("heavy")
                .byOwners()
                .error("report_unavailable", 422, "A rate is missing, or the history would be too large.")
                .error("busy", 503, "Too many reports are being made.")
                .example("three months ahead", AnalyticsExamples.FORECAST, AnalyticsExamples.FORECASTED)
                .handle(this::create));
    }

    private ForecastView create(CreateForecast q, ApiContext context) {
        HistoryRequest history = q.history();
        List<Double> values = q.values();
        if ((history == null) == (values == null)) {
            throw ApiProblem.of(400, "invalid_request", "A forecast has history, or values.")
                    .at("/history", "invalid", "Give history, or values with their periods.");
        }
        ForecastOptions options = q.levels() == null
                ? ForecastOptions.defaults()
                : ForecastOptions.defaults().withLevels(q.levels());
        return heavy.run(
                context.principal().owner(),
                () -> ReportOperations.available(() -> history == null
                        ? ofValues(q, ReportOperations.orEmpty(values), options)
                        : ofHistory(q, history, options, context)));
    }

    private ForecastView ofHistory(CreateForecast q, HistoryRequest h, ForecastOptions options, ApiContext context) {
        Scope scope = ReportOperations.scope(context, h.owner());
        ZoneId zone = h.zone() == null ? analytics.settings().reportingZone() : h.zone();
        ReportQuery query = ReportQuery.builder()
                .scope(scope)
                .window(ReportOperations.window(analytics.settings(), h.window(), h.timeRange(), zone, context.now()))
                .timeRange(h.timeRange())
                .zone(zone)
                .filters(ReportOperations.filters(h.filters()))
                .currency(h.currency())
                .build();
        ForecastReport report = analytics.forecast(
                new ForecastQuery(query, h.measure(), q.horizon(), q.model().forecaster(), options));
        SavedChart chart = q.chart() ? analytics.save(report.chart(ChartType.LINE), scope) : null;
        Backtest backtest = report.backtest();
        return new ForecastView(
                SeriesView.of(report.series().get(0)),
                report.expected().stream().map(ExpectedView::of).toList(),
                report.forecast().model(),
                report.forecast().parameters(),
                backtest == null ? null : BacktestView.of(backtest),
                AnalyticsViews.warnings(report),
                chart == null ? null : ChartView.of(chart));
    }

    private static ForecastView ofValues(CreateForecast q, List<Double> values, ForecastOptions options) {
        if (q.chart()) {
            throw ApiProblem.of(400, "invalid_request", "Values of your own are not kept as a chart.")
                    .at("/chart", "invalid", "Leave it out.");
        }
        TimeSeries series = TimeSeries.of(
                values.stream().mapToDouble(Double::doubleValue).toArray(),
                ReportOperations.orEmpty(q.periods()).stream()
                        .mapToInt(Integer::intValue)
                        .toArray());
        Forecast forecast = q.model().forecaster().forecast(series, q.horizon(), options);
        List<ExpectedView> expected = new ArrayList<>();
        for (int h = 1; h <= q.horizon(); h++) {
            List<IntervalView> intervals = new ArrayList<>();
            for (double level : options.levels()) {
                intervals.add(
                        new IntervalView(level, shown(forecast.lower(level, h)), shown(forecast.upper(level, h))));
            }
            expected.add(new ExpectedView(Integer.toString(h), shown(forecast.point(h)), intervals));
        }
        return new ForecastView(
                null, expected, forecast.model(), forecast.parameters(), backtest(q, series, options), List.of(), null);
    }

    private static BigDecimal shown(double value) {
        return new BigDecimal(value, DIGITS);
    }

    private static @Nullable BacktestView backtest(CreateForecast q, TimeSeries series, ForecastOptions options) {
        int length = series.values().length;
        int[] periods = series.periods();
        int left = length - q.horizon();
        return left < 2 || left <= (periods.length == 0 ? 1 : periods[0])
                ? null
                : BacktestView.of(Backtest.of(q.model().forecaster(), series, q.horizon(), options));
    }
}
