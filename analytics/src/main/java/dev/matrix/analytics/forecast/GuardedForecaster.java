package dev.matrix.analytics.forecast;

import dev.matrix.analytics.forecast.Model.Outlook;
import dev.matrix.core.InvalidRequestException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * What all forecasters have in common: checks, short and constant series, the scale, and intervals. A model sees values near 1, so
 * that nothing overflows, and its results are scaled back.
 */
record GuardedForecaster(Model model) implements Forecaster {

    private static final int LONGEST = 1_000;
    private static final int SHORT = 4;

    @Override
    public Forecast forecast(TimeSeries series, int horizon, ForecastOptions options) {
        if (horizon < 1 || horizon > LONGEST) {
            throw new InvalidRequestException("A horizon is 1 to " + LONGEST + "; " + horizon + " isn't.");
        }
        double[] values = series.values();
        if (series.length() > SHORT && isConstant(values)) {
            return new Result(constant(values[0], horizon), options.nonNegative(), Quantiles::normal);
        }
        if (series.length() <= SHORT) {
            int freedom = series.length() - 1;
            DoubleUnaryOperator quantile =
                    freedom == 0 ? Quantiles::normal : level -> Quantiles.student(level, freedom);
            return new Result(shortOutlook(values, horizon), options.nonNegative(), quantile);
        }
        return new Result(scaled(series, horizon, options), options.nonNegative(), Quantiles::normal);
    }

    private static boolean isConstant(double[] values) {
        return Arrays.stream(values).allMatch(value -> value == values[0]);
    }

    private static Outlook constant(double value, int horizon) {
        double[] points = new double[horizon];
        Arrays.fill(points, value);
        return Outlook.of("constant", points, new double[horizon], Map.of());
    }

    private static Outlook shortOutlook(double[] values, int horizon) {
        double last = values[values.length - 1];
        double squares = 0;
        for (int i = 1; i < values.length; i++) {
            squares += (values[i] - values[i - 1]) * (values[i] - values[i - 1]);
        }
        double deviation = values.length == 1 ? Math.abs(last) / 2 : Math.sqrt(squares / (values.length - 1));
        double[] points = new double[horizon];
        double[] deviations = new double[horizon];
        for (int h = 0; h < horizon; h++) {
            points[h] = last;
            deviations[h] = deviation * Math.sqrt(h + 1.0);
        }
        return Outlook.of("naive, short series", points, deviations, Map.of());
    }

    /** By a power of two, which loses no digit. */
    private Outlook scaled(TimeSeries series, int horizon, ForecastOptions options) {
        double[] values = series.values();
        double largest = Arrays.stream(values).map(Math::abs).max().orElse(1);
        int exponent = Math.getExponent(largest);
        double[] small =
                Arrays.stream(values).map(value -> Math.scalb(value, -exponent)).toArray();
        Outlook outlook = model.project(series.with(small), horizon, options);
        return new Outlook(
                outlook.model(),
                Arrays.stream(outlook.points())
                        .map(point -> Math.scalb(point, exponent))
                        .toArray(),
                Arrays.stream(outlook.deviations())
                        .map(deviation -> Math.scalb(deviation, exponent))
                        .toArray(),
                outlook.parameters(),
                outlook.logLikelihood(),
                outlook.aicc());
    }

    /** An outlook with intervals. */
    private record Result(Outlook outlook, boolean nonNegative, DoubleUnaryOperator quantile) implements Forecast {

        private double clamped(double value) {
            return nonNegative ? Math.max(0, value) : value;
        }

        private void check(int h) {
            if (h < 1 || h > horizon()) {
                throw new InvalidRequestException(
                        "This forecast goes from 1 to " + horizon() + " steps; " + h + " isn't one.");
            }
        }

        private double width(double level, int h) {
            check(h);
            if (!(level > 0 && level < 1)) {
                throw new InvalidRequestException("A level is above 0 and below 1; " + level + " isn't.");
            }
            double deviation = outlook.deviations()[h - 1];
            return deviation == 0 ? 0 : quantile.applyAsDouble(level) * deviation;
        }

        @Override
        public int horizon() {
            return outlook.points().length;
        }

        @Override
        public double point(int h) {
            check(h);
            return clamped(outlook.points()[h - 1]);
        }

        @Override
        public double lower(double level, int h) {
            return clamped(outlook.points()[h - 1] - width(level, h));
        }

        @Override
        public double upper(double level, int h) {
            return clamped(outlook.points()[h - 1] + width(level, h));
        }

        @Override
        public String model() {
            return outlook.model();
        }

        @Override
        public Map<String, Double> parameters() {
            return Map.copyOf(outlook.parameters());
        }

        @Override
        public double logLikelihood() {
            return outlook.logLikelihood();
        }

        @Override
        public double aicc() {
            return outlook.aicc();
        }
    }
}
