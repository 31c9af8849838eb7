package dev.matrix.analytics;

import dev.matrix.analytics.chart.ChartSpec;
import dev.matrix.analytics.chart.ChartType;
import java.util.List;

/** The answer to a {@link ReportQuery}. Immutable. */
public sealed interface Report permits RevenueReport, UsageReport, CustomerReport, PerformanceReport, ForecastReport {

    Header header();

    /** One series per measure, metric, currency and group. */
    List<Series> series();

    List<Warning> warnings();

    /**
     * The series as a chart.
     *
     * @throws dev.matrix.core.InvalidRequestException if they have several units, which one axis can't show, or a pie would have a
     *     negative slice
     */
    default ChartSpec chart(ChartType type) {
        return SeriesChart.of(header(), series(), type);
    }

    /**
     * The series as CSV (RFC 4180): one row per series and bucket, values in full. Nothing in it begins a formula in a spreadsheet.
     */
    default String csv() {
        return SeriesChart.csv(series());
    }
}
