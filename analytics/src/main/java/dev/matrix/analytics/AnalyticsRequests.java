package dev.matrix.analytics;

import dev.matrix.analytics.chart.ChartType;
import dev.matrix.analytics.chart.Theme;
import dev.matrix.analytics.forecast.Forecaster;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Currency;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Range;
import dev.matrix.core.wire.Size;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests of the operations. */
final class AnalyticsRequests {

    private AnalyticsRequests() {}

    record Nothing() {}

    @Describe("Either from and to, or last: so many buckets of the report's timeRange, the current one included.")
    record WindowRequest(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable @Range(min = 1, max = 20_000) Integer last) {}

    record FilterRequest(
            @Length(min = 1, max = 64) String dimension,

            @Describe("false: all values but these.") @Default("true")
            boolean in,

            @Size(min = 1, max = 100) List<String> values) {}

    /** Which report. */
    enum ReportType {
        REVENUE,
        USAGE,
        CUSTOMERS,
        PERFORMANCE
    }

    record CreateReport(
            @Default("revenue") ReportType type,

            @Describe("Whose customers; operators alone may name another, or nobody for all.") @Nullable
            Owner owner,

            @Nullable WindowRequest window,
            @Default("month") TimeRange timeRange,
            @Nullable ZoneId zone,
            @Nullable @Size(max = 30) List<Measure> measures,

            @Describe("sum unless named.") @Nullable @Size(max = 6)
            List<Metric> metrics,

            @Nullable @Size(max = 4) List<String> groupBy,
            @Nullable @Size(max = 20) List<FilterRequest> filters,
            @Nullable Currency currency,

            @Describe("Adds to each point the value of an earlier bucket.") @Default("none")
            Comparison comparison,

            @Describe("Projects the open bucket of a flow from its days or months.") @Default("false")
            boolean projected,

            @Describe("The numbers as they stood at the end of that day.") @Nullable
            Instant asOf,

            @Default("20") @Range(min = 1, max = 100) int topGroups,

            @Describe("Keeps the series as charts of these types.") @Nullable @Size(max = 10)
            List<ChartType> charts) {}

    /** How a series is continued. */
    enum Model {
        AUTO,
        NAIVE,
        NAIVE2,
        SEASONAL_NAIVE,
        DRIFT,
        SES,
        HOLT,
        DAMPED_HOLT,
        THETA,
        OPTIMISED_THETA,
        AUTO_ETS;

        Forecaster forecaster() {
            return switch (this) {
                case AUTO -> Forecaster.auto();
                case NAIVE -> Forecaster.naive();
                case NAIVE2 -> Forecaster.naive2();
                case SEASONAL_NAIVE -> Forecaster.seasonalNaive();
                case DRIFT -> Forecaster.drift();
                case SES -> Forecaster.ses();
                case HOLT -> Forecaster.holt();
                case DAMPED_HOLT -> Forecaster.dampedHolt();
                case THETA -> Forecaster.theta();
                case OPTIMISED_THETA -> Forecaster.optimisedTheta();
                case AUTO_ETS -> Forecaster.autoEts();
            };
        }
    }

    record HistoryRequest(
            Measure measure,

            @Describe("Whose customers; operators alone may name another, or nobody for all.") @Nullable
            Owner owner,

            @Nullable WindowRequest window,
            @Default("month") TimeRange timeRange,
            @Nullable ZoneId zone,
            @Nullable @Size(max = 20) List<FilterRequest> filters,
            @Nullable Currency currency) {}

    @Describe("Either history, or values with their periods.")
    record CreateForecast(
            @Nullable HistoryRequest history,
            @Nullable @Size(min = 1, max = 5_000) List<Double> values,

            @Describe("After how many values their pattern repeats, such as 12 for months.") @Nullable @Size(max = 3)
            List<Integer> periods,

            @Range(min = 1, max = 1_000) int horizon,

            @Describe("Of the intervals, between 0 and 1; 0.8 and 0.95 unless named.") @Nullable @Size(max = 5)
            List<Double> levels,

            @Default("auto") Model model,

            @Describe("Keeps the history with its forecast as a line chart.") @Default("false")
            boolean chart) {}

    record ListActivities(
            @Describe("Whose customers; operators alone may name another, or nobody for all.") @Nullable
            Owner owner,

            Instant from,
            Instant to,
            @Default("month") TimeRange timeRange,
            @Nullable ZoneId zone,

            @Describe("All of them unless named.") @Nullable Movement movement,

            @Default("20") @Range(min = 1, max = 100) int limit,
            @Nullable @Length(max = 64) String cursor) {}

    record ChartText(String id) {}

    record ChartPicture(
            String id,

            @Default("720") @Range(min = 100, max = 4_000) int width,
            @Default("400") @Range(min = 100, max = 4_000) int height,
            @Default("auto") Theme theme) {}

    record Span(Instant from, Instant to) {}
}
