package dev.matrix.analytics.forecast;

import java.util.Arrays;

/** Moving averages. */
final class Smoothers {

    private Smoothers() {}

    /** The average over one period around each value, its ends counted half where the period is even; NaN where it doesn't fit. */
    static double[] centred(double[] values, int period) {
        int half = period / 2;
        double[] averages = new double[values.length];
        Arrays.fill(averages, Double.NaN);
        for (int i = half; i + half < values.length; i++) {
            double sum = 0;
            for (int j = i - half; j <= i + half; j++) {
                boolean end = period % 2 == 0 && (j == i - half || j == i + half);
                sum += end ? values[j] / 2 : values[j];
            }
            averages[i] = sum / period;
        }
        return averages;
    }

    /** As {@link #centred}, the first and the last average going on to both ends. */
    static double[] trend(double[] values, int period) {
        double[] averages = centred(values, period);
        int half = period / 2;
        for (int i = 0; i < values.length; i++) {
            int near = Math.max(half, Math.min(values.length - 1 - half, i));
            averages[i] = Double.isNaN(averages[i]) ? averages[near] : averages[i];
        }
        return averages;
    }
}
