package dev.matrix.analytics.forecast;

import dev.matrix.core.InvalidRequestException;
import java.util.Arrays;

/**
 * How a forecaster would have done on the end of a series.
 *
 * @param horizon how many values were held back
 * @param smape of its forecasts
 * @param mase of its forecasts
 * @param owa against Naive2 on the same values; NaN where that made no error
 * @param msis of its 95 % interval
 * @param coverage of its 95 % interval
 */
public record Backtest(int horizon, double smape, double mase, double owa, double msis, double coverage) {

    private static final double LEVEL = 0.95;

    /**
     * Holds the last values back and forecasts them from the others.
     *
     * @throws InvalidRequestException unless more than one period, and at least two values, are left
     */
    public static Backtest of(Forecaster forecaster, TimeSeries series, int horizon, ForecastOptions options) {
        int left = series.length() - horizon;
        int period = series.period();
        if (horizon < 1 || left < 2 || left <= period) {
            throw new InvalidRequestException("A backtest over " + horizon + " of " + series.length()
                    + " values leaves too few to forecast from. Shorten the horizon.");
        }
        TimeSeries history = series.first(left);
        double[] past = history.values();
        double[] actual = Arrays.copyOfRange(series.values(), left, series.length());
        Forecast forecast = forecaster.forecast(history, horizon, options);
        Forecast naive = Forecaster.naive2().forecast(history, horizon, options);
        double[] points = new double[horizon];
        double[] lower = new double[horizon];
        double[] upper = new double[horizon];
        double[] naivePoints = new double[horizon];
        for (int h = 1; h <= horizon; h++) {
            points[h - 1] = forecast.point(h);
            lower[h - 1] = forecast.lower(LEVEL, h);
            upper[h - 1] = forecast.upper(LEVEL, h);
            naivePoints[h - 1] = naive.point(h);
        }
        double smape = Accuracy.smape(actual, points);
        double mase = Accuracy.mase(past, actual, points, period);
        double owa = Accuracy.owa(
                smape, mase, Accuracy.smape(actual, naivePoints), Accuracy.mase(past, actual, naivePoints, period));
        return new Backtest(
                horizon,
                smape,
                mase,
                Double.isFinite(owa) ? owa : Double.NaN,
                Accuracy.msis(past, actual, lower, upper, LEVEL, period),
                Accuracy.coverage(actual, lower, upper));
    }
}
