package dev.matrix.analytics;

import static java.util.Objects.requireNonNull;

import dev.matrix.analytics.forecast.ForecastOptions;
import dev.matrix.analytics.forecast.Forecaster;

/**
 * What is to be continued, and how.
 *
 * @param history the report whose series is continued; its measures, metrics and groups are ignored
 * @param measure of a revenue or a usage report
 * @param horizon how many buckets ahead, 1 to 1,000
 */
public record ForecastQuery(
        ReportQuery history, Measure measure, int horizon, Forecaster model, ForecastOptions options) {

    public ForecastQuery {
        requireNonNull(history, "history");
        requireNonNull(measure, "measure");
        requireNonNull(model, "model");
        requireNonNull(options, "options");
    }

    /** By {@link Forecaster#auto()}, with intervals of 80 and 95 %. */
    public static ForecastQuery of(ReportQuery history, Measure measure, int horizon) {
        return new ForecastQuery(history, measure, horizon, Forecaster.auto(), ForecastOptions.defaults());
    }
}
