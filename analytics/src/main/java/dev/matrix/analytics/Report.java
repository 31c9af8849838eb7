package dev.matrix.analytics;

import dev.matrix.analytics.chart.ChartSpec;
import java.util.List;

/** The answer to a {@link ReportQuery}. Immutable. */
public sealed interface Report permits RevenueReport {

    Header header();

    /** One series per measure, metric, currency and group. */
    List<Series> series();

    List<Warning> warnings();

    /**
     * The series as a line chart.
     *
     * @throws dev.matrix.core.InvalidRequestException if they have several units, which one axis can't show
     */
    ChartSpec chart();
}
