package dev.matrix.analytics.forecast;

import java.util.Map;

/** Fits a series that is neither short nor constant, and projects it. Pure. */
@FunctionalInterface
interface Model {

    /**
     * What a model expects.
     *
     * @param points per step ahead
     * @param deviations the standard deviation of the error per step ahead
     */
    record Outlook(
            String model,
            double[] points,
            double[] deviations,
            Map<String, Double> parameters,
            double logLikelihood,
            double aicc) {

        static Outlook of(String model, double[] points, double[] deviations, Map<String, Double> parameters) {
            return new Outlook(model, points, deviations, parameters, Double.NaN, Double.NaN);
        }
    }

    Outlook project(TimeSeries series, int horizon, ForecastOptions options);
}
