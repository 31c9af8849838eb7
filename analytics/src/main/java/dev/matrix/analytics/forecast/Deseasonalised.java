package dev.matrix.analytics.forecast;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes a season out by classical multiplicative decomposition before a model, and puts it in after it: if the series has three
 * periods, all of it is above zero, and its autocorrelation at the period passes a test at 90 %.
 */
record Deseasonalised(Model inner) implements Model {

    private static final double NINETY_PERCENT = 1.645;
    private static final int PERIODS = 3;

    static Model of(Model inner) {
        return new Deseasonalised(inner);
    }

    @Override
    public Outlook project(TimeSeries series, int horizon, ForecastOptions options) {
        int period = series.period();
        double[] values = series.values();
        if (!isSeasonal(values, period)) {
            return inner.project(series, horizon, options);
        }
        double[] factors = factors(values, period);
        double[] adjusted = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            adjusted[i] = values[i] / factors[i % period];
        }
        Outlook outlook = inner.project(series.with(adjusted), horizon, options);
        double[] points = outlook.points().clone();
        double[] deviations = outlook.deviations().clone();
        for (int h = 0; h < horizon; h++) {
            double factor = factors[(values.length + h) % period];
            points[h] *= factor;
            deviations[h] *= factor;
        }
        Map<String, Double> parameters = new TreeMap<>(outlook.parameters());
        parameters.put("period", (double) period);
        return Outlook.of(outlook.model() + ", deseasonalised", points, deviations, parameters);
    }

    static boolean isSeasonal(double[] values, int period) {
        int n = values.length;
        if (period < 2 || n < PERIODS * period || Arrays.stream(values).anyMatch(value -> value <= 0)) {
            return false;
        }
        double mean = Arrays.stream(values).average().orElse(0);
        double variance = 0;
        for (double value : values) {
            variance += (value - mean) * (value - mean);
        }
        double squares = 0;
        double last = 0;
        for (int lag = 1; lag <= period; lag++) {
            double sum = 0;
            for (int i = lag; i < n; i++) {
                sum += (values[i] - mean) * (values[i - lag] - mean);
            }
            last = sum / variance;
            squares += lag < period ? last * last : 0;
        }
        return Math.abs(last) > NINETY_PERCENT * Math.sqrt((1 + 2 * squares) / n);
    }

    /** One factor per place in the period, their mean 1. */
    static double[] factors(double[] values, int period) {
        double[] trend = Smoothers.centred(values, period);
        double[] sums = new double[period];
        int[] counts = new int[period];
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(trend[i]) && trend[i] != 0) {
                sums[i % period] += values[i] / trend[i];
                counts[i % period]++;
            }
        }
        double[] factors = new double[period];
        for (int i = 0; i < period; i++) {
            factors[i] = counts[i] == 0 ? 1 : sums[i] / counts[i];
        }
        double mean = Arrays.stream(factors).average().orElse(1);
        for (int i = 0; i < period; i++) {
            factors[i] /= mean;
        }
        return factors;
    }
}
