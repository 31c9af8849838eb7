package dev.matrix.analytics.forecast;

import dev.matrix.analytics.forecast.Model.Outlook;
import java.util.Map;

/** Models without anything to estimate. */
final class BasicModels {

    static final Model NAIVE = (series, horizon, options) -> repeating("naive", series, 1, horizon);
    static final Model SEASONAL_NAIVE =
            (series, horizon, options) -> repeating("seasonal naive", series, longest(series), horizon);
    static final Model DRIFT = BasicModels::drift;

    private BasicModels() {}

    private static int longest(TimeSeries series) {
        int[] periods = series.periods();
        return periods.length == 0 ? 1 : periods[periods.length - 1];
    }

    /** The errors of one period ahead; each further period adds as much variance. */
    private static Outlook repeating(String name, TimeSeries series, int period, int horizon) {
        int n = series.length();
        double squares = 0;
        for (int i = period; i < n; i++) {
            double error = series.at(i) - series.at(i - period);
            squares += error * error;
        }
        double variance = squares / (n - period);
        double[] points = new double[horizon];
        double[] deviations = new double[horizon];
        for (int h = 0; h < horizon; h++) {
            points[h] = series.at(n - period + h % period);
            deviations[h] = Math.sqrt(variance * (h / period + 1));
        }
        return Outlook.of(name, points, deviations, Map.of());
    }

    private static Outlook drift(TimeSeries series, int horizon, ForecastOptions options) {
        int n = series.length();
        double slope = (series.at(n - 1) - series.at(0)) / (n - 1);
        double squares = 0;
        for (int i = 1; i < n; i++) {
            double error = series.at(i) - series.at(i - 1) - slope;
            squares += error * error;
        }
        double variance = squares / Math.max(1, n - 2);
        double[] points = new double[horizon];
        double[] deviations = new double[horizon];
        for (int h = 0; h < horizon; h++) {
            points[h] = series.at(n - 1) + slope * (h + 1);
            deviations[h] = Math.sqrt(variance * (h + 1) * (1 + (h + 1.0) / (n - 1)));
        }
        return Outlook.of("drift", points, deviations, Map.of("slope", slope));
    }
}
