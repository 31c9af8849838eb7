package dev.matrix.analytics.forecast;

import dev.matrix.core.InvalidRequestException;

/** How good forecasts were, by the measures of the M4 competition (Makridakis, Spiliotis and Assimakopoulos, 2020). */
public final class Accuracy {

    private static final double PERCENT = 200;

    private Accuracy() {}

    private static void check(double[] actual, double[] other) {
        if (actual.length == 0 || actual.length != other.length) {
            throw new InvalidRequestException("Forecasts are compared with as many actual values; " + other.length
                    + " with " + actual.length + " isn't possible.");
        }
    }

    /** The symmetric mean absolute percentage error, 0 to 200; where both values are 0, nothing is wrong. */
    public static double smape(double[] actual, double[] forecast) {
        check(actual, forecast);
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            double size = Math.abs(actual[i]) + Math.abs(forecast[i]);
            sum += size == 0 ? 0 : PERCENT * Math.abs(actual[i] - forecast[i]) / size;
        }
        return sum / actual.length;
    }

    /** The mean absolute error in units of the seasonal naive forecast's error within the history; NaN where that is 0. */
    public static double mase(double[] history, double[] actual, double[] forecast, int period) {
        check(actual, forecast);
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            sum += Math.abs(actual[i] - forecast[i]);
        }
        return sum / actual.length / scale(history, period);
    }

    private static double scale(double[] history, int period) {
        if (history.length <= period) {
            throw new InvalidRequestException("A scale needs more than one period of history.");
        }
        double sum = 0;
        for (int i = period; i < history.length; i++) {
            sum += Math.abs(history[i] - history[i - period]);
        }
        double scale = sum / (history.length - period);
        return scale == 0 ? Double.NaN : scale;
    }

    /** The overall weighted average: the mean of both errors, each as a multiple of Naive2's. */
    public static double owa(double smape, double mase, double naiveSmape, double naiveMase) {
        return (smape / naiveSmape + mase / naiveMase) / 2;
    }

    /**
     * The mean scaled interval score: the width, plus 2/(1 − level) times how far values lie outside, in units of {@link #mase}.
     *
     * @param level above 0 and below 1
     */
    public static double msis(
            double[] history, double[] actual, double[] lower, double[] upper, double level, int period) {
        check(actual, lower);
        check(actual, upper);
        double penalty = 2 / (1 - level);
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            sum += upper[i] - lower[i];
            sum += penalty * (Math.max(0, lower[i] - actual[i]) + Math.max(0, actual[i] - upper[i]));
        }
        return sum / actual.length / scale(history, period);
    }

    /** The share of values that lie within their intervals, 0 to 1. */
    public static double coverage(double[] actual, double[] lower, double[] upper) {
        check(actual, lower);
        check(actual, upper);
        int within = 0;
        for (int i = 0; i < actual.length; i++) {
            within += actual[i] >= lower[i] && actual[i] <= upper[i] ? 1 : 0;
        }
        return (double) within / actual.length;
    }
}
