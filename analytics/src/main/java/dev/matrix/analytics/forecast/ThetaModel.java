package dev.matrix.analytics.forecast;

import java.util.Map;

/**
 * The mean of the series' regression line and of simple exponential smoothing of the line that has θ times the curvature, weighted
 * so that both lines add up to the series.
 *
 * @param optimised whether the θ with the smallest errors one step ahead is taken; else 2
 */
record ThetaModel(boolean optimised) implements Model {

    private static final double[] THETAS = {1, 1.5, 2, 2.5, 3, 4, 5};
    private static final double CLASSICAL = 2;

    @Override
    public Outlook project(TimeSeries series, int horizon, ForecastOptions options) {
        double[] values = series.values();
        Line line = Line.through(values);
        Fitted best = fit(values, line, CLASSICAL);
        if (optimised) {
            for (double theta : THETAS) {
                Fitted fitted = fit(values, line, theta);
                best = fitted.squares() < best.squares() ? fitted : best;
            }
        }
        int n = values.length;
        double variance = best.squares() / Math.max(1, n - 3);
        double[] points = new double[horizon];
        double[] deviations = new double[horizon];
        for (int h = 0; h < horizon; h++) {
            points[h] = (1 - 1 / best.theta()) * line.at(n + h) + best.level() / best.theta();
            deviations[h] = Math.sqrt(variance * (1 + h * best.alpha() * best.alpha()));
        }
        return Outlook.of(
                optimised ? "optimised theta" : "theta",
                points,
                deviations,
                Map.of("theta", best.theta(), "alpha", best.alpha(), "slope", line.slope()));
    }

    private record Fitted(double theta, double alpha, double level, double squares) {}

    private static Fitted fit(double[] values, Line line, double theta) {
        double[] curved = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            curved[i] = theta * values[i] + (1 - theta) * line.at(i);
        }
        Ses ses = Ses.fit(curved);
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            double error = values[i] - (1 - 1 / theta) * line.at(i) - ses.before(i) / theta;
            squares += error * error;
        }
        return new Fitted(theta, ses.alpha(), ses.level(), squares);
    }

    /** A least-squares line over 0, 1, 2 …. */
    private record Line(double start, double slope) {

        static Line through(double[] values) {
            int n = values.length;
            double middle = (n - 1) / 2.0;
            double mean = 0;
            for (double value : values) {
                mean += value / n;
            }
            double products = 0;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                products += (i - middle) * (values[i] - mean);
                squares += (i - middle) * (i - middle);
            }
            double slope = products / squares;
            return new Line(mean - slope * middle, slope);
        }

        double at(int index) {
            return start + slope * index;
        }
    }
}
