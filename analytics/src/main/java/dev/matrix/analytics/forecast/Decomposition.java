package dev.matrix.analytics.forecast;

import java.util.Arrays;
import java.util.Map;

/**
 * Takes the additive patterns of all periods out, the shortest first, each twice with the others gone; forecasts what is left, and
 * adds the patterns again.
 */
record Decomposition(Model inner) implements Model {

    private static final int ROUNDS = 2;

    @Override
    public Outlook project(TimeSeries series, int horizon, ForecastOptions options) {
        int[] periods = series.periods();
        double[] values = series.values();
        double[][] patterns = new double[periods.length][];
        for (int p = 0; p < periods.length; p++) {
            patterns[p] = new double[periods[p]];
        }
        double[] rest = values.clone();
        for (int round = 0; round < ROUNDS; round++) {
            for (int p = 0; p < periods.length; p++) {
                add(rest, patterns[p], 1);
                patterns[p] = pattern(rest, periods[p]);
                add(rest, patterns[p], -1);
            }
        }
        Outlook outlook = inner.project(TimeSeries.of(rest), horizon, options);
        double[] points = outlook.points().clone();
        for (double[] pattern : patterns) {
            for (int h = 0; h < horizon; h++) {
                points[h] += pattern[(values.length + h) % pattern.length];
            }
        }
        return Outlook.of(
                "decomposition, " + outlook.model(), points, outlook.deviations(), Map.copyOf(outlook.parameters()));
    }

    private static void add(double[] values, double[] pattern, int sign) {
        for (int i = 0; i < values.length; i++) {
            values[i] += sign * pattern[i % pattern.length];
        }
    }

    /** The mean distance to the trend per place in the period, adding up to zero. */
    private static double[] pattern(double[] values, int period) {
        double[] trend = Smoothers.trend(values, period);
        double[] pattern = new double[period];
        int[] counts = new int[period];
        for (int i = 0; i < values.length; i++) {
            pattern[i % period] += values[i] - trend[i];
            counts[i % period]++;
        }
        for (int i = 0; i < period; i++) {
            pattern[i] /= counts[i];
        }
        double mean = Arrays.stream(pattern).average().orElse(0);
        for (int i = 0; i < period; i++) {
            pattern[i] -= mean;
        }
        return pattern;
    }
}
