package dev.matrix.analytics.forecast;

import dev.matrix.analytics.forecast.EtsModel.Errors;
import dev.matrix.analytics.forecast.EtsModel.Season;
import dev.matrix.analytics.forecast.EtsModel.Trend;
import dev.matrix.analytics.forecast.EtsState.Smoothing;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Fits exponential smoothing of one form by maximum likelihood (Hyndman, Koehler, Ord and Snyder, 2008): smoothing parameters by
 * Nelder and Mead within 0.0001 to 0.9999, damping within 0.8 to 0.98. Where the expected values are linear in the initial states
 * these are found by least squares; with a multiplicative season they are searched for, from a classical decomposition on. A season
 * that doesn't fit the series (period over 24, or not two of them) is left out, as is a multiplicative form where a value isn't above
 * zero.
 */
record EtsFit(EtsModel wanted) implements Model {

    private static final double LEAST = 0.0001;
    private static final double MOST = 0.9999;
    private static final double LEAST_PHI = 0.8;
    private static final double MOST_PHI = 0.98;
    private static final int LONGEST_SEASON = 24;
    private static final double[] START = {0.3, 0.1, 0.1, 0.95};

    /** A form with its parameters and initial states. */
    record Fitted(EtsModel model, Smoothing smoothing, double[] start, int period, double likelihood, double aicc) {}

    static boolean seasonFits(TimeSeries series) {
        int period = series.period();
        return period > 1 && period <= LONGEST_SEASON && series.length() >= 2 * period;
    }

    static boolean isPositive(double[] values) {
        return Arrays.stream(values).allMatch(value -> value > 0);
    }

    private EtsModel possible(TimeSeries series, double[] values) {
        Season season = seasonFits(series) ? wanted.season() : Season.NONE;
        Errors error = wanted.error();
        if (!isPositive(values)) {
            error = Errors.ADDITIVE;
            season = season == Season.MULTIPLICATIVE ? Season.ADDITIVE : season;
        }
        return new EtsModel(error, wanted.trend(), season);
    }

    @Override
    public Outlook project(TimeSeries series, int horizon, ForecastOptions options) {
        double[] values = series.values();
        return outlook(fit(possible(series, values), values, series.period()), values, horizon, options);
    }

    static Fitted fit(EtsModel model, double[] values, int period) {
        boolean searched = model.season() == Season.MULTIPLICATIVE;
        double[] guess = searched ? guess(model, values, period) : new double[0];
        int extra = searched ? (model.trend() == Trend.NONE ? 1 : 2) : 0;
        int parameters = 4;
        double scale = Arrays.stream(values).map(Math::abs).max().orElse(1);
        double[] start = Arrays.copyOf(START, parameters + extra);
        double[] low = new double[parameters + extra];
        double[] high = new double[parameters + extra];
        for (int i = 0; i < parameters; i++) {
            low[i] = i == 3 ? LEAST_PHI : LEAST;
            high[i] = i == 3 ? MOST_PHI : MOST;
        }
        fix(model, start, low, high);
        for (int i = 0; i < extra; i++) {
            start[parameters + i] = guess[i];
            low[parameters + i] = guess[i] - scale;
            high[parameters + i] = guess[i] + scale;
        }
        double[] best = NelderMead.minimise(
                at -> objective(model, values, smoothing(model, at), states(model, values, period, at, guess), period),
                start,
                low,
                high);
        Smoothing smoothing = smoothing(model, best);
        double[] states = states(model, values, period, best, guess);
        double likelihood = -0.5 * objective(model, values, smoothing, states, period);
        int free = free(model) + EtsState.size(model, period) + 1;
        int n = values.length;
        double correction = n - free - 1 > 0 ? 2.0 * free * (free + 1) / (n - free - 1) : Double.POSITIVE_INFINITY;
        return new Fitted(model, smoothing, states, period, likelihood, -2 * likelihood + 2 * free + correction);
    }

    /** What a form doesn't have stands still. */
    private static void fix(EtsModel model, double[] start, double[] low, double[] high) {
        boolean[] unused = {
            false, model.trend() == Trend.NONE, model.season() == Season.NONE, model.trend() != Trend.DAMPED
        };
        for (int i = 0; i < unused.length; i++) {
            if (unused[i]) {
                low[i] = start[i];
                high[i] = start[i];
            }
        }
    }

    private static int free(EtsModel model) {
        return 1
                + (model.trend() == Trend.NONE ? 0 : 1)
                + (model.trend() == Trend.DAMPED ? 1 : 0)
                + (model.season() == Season.NONE ? 0 : 1);
    }

    private static Smoothing smoothing(EtsModel model, double[] at) {
        double beta = model.trend() == Trend.NONE ? 0 : at[0] * at[1];
        double gamma = model.season() == Season.NONE ? 0 : (1 - at[0]) * at[2];
        return new Smoothing(at[0], beta, gamma, model.trend() == Trend.DAMPED ? at[3] : 1);
    }

    private static double[] states(EtsModel model, double[] values, int period, double[] at, double[] guess) {
        if (model.season() != Season.MULTIPLICATIVE) {
            return concentrated(model, values, period, smoothing(model, at));
        }
        double[] states = guess.clone();
        System.arraycopy(at, 4, states, 0, at.length - 4);
        return states;
    }

    /** Expected values are linear in the initial states, so one pass per state and one without any give the regression. */
    private static double[] concentrated(EtsModel model, double[] values, int period, Smoothing smoothing) {
        int size = EtsState.size(model, period);
        double[] target = errors(model, values, period, smoothing, new double[size]);
        double[] nothing = new double[values.length];
        double[][] columns = new double[size][];
        for (int i = 0; i < size; i++) {
            double[] unit = new double[size];
            unit[i] = 1;
            double[] column = errors(model, nothing, period, smoothing, unit);
            for (int t = 0; t < column.length; t++) {
                column[t] = -column[t];
            }
            columns[i] = column;
        }
        return LeastSquares.solve(columns, target);
    }

    private static double[] errors(EtsModel model, double[] values, int period, Smoothing smoothing, double[] start) {
        EtsState state = new EtsState(model, smoothing, period, start);
        double[] errors = new double[values.length];
        for (int t = 0; t < values.length; t++) {
            errors[t] = values[t] - state.expected();
            state.learn(errors[t]);
        }
        return errors;
    }

    private static double[] guess(EtsModel model, double[] values, int period) {
        double[] factors = Deseasonalised.factors(values, period);
        double[] adjusted = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            adjusted[i] = values[i] / factors[i % period];
        }
        EtsModel plain = new EtsModel(Errors.ADDITIVE, model.trend(), Season.NONE);
        double[] states = concentrated(plain, adjusted, 1, new Smoothing(START[0], 0.01, 0, 1));
        double[] guess = Arrays.copyOf(states, states.length + period);
        System.arraycopy(factors, 0, guess, states.length, period);
        return guess;
    }

    /** n ln Σe² + 2 Σ ln|r|, which is −2 × the likelihood. */
    private static double objective(EtsModel model, double[] values, Smoothing smoothing, double[] start, int period) {
        EtsState state = new EtsState(model, smoothing, period, start);
        double squares = 0;
        double logs = 0;
        for (double value : values) {
            double expected = state.expected();
            double error = value - expected;
            if (model.error() == Errors.MULTIPLICATIVE) {
                if (expected <= 0) {
                    return Double.MAX_VALUE;
                }
                squares += error / expected * (error / expected);
                logs += Math.log(expected);
            } else {
                squares += error * error;
            }
            state.learn(error);
        }
        return values.length * Math.log(Math.max(squares, Double.MIN_NORMAL)) + 2 * logs;
    }

    static Outlook outlook(Fitted fitted, double[] values, int horizon, ForecastOptions options) {
        EtsState state = new EtsState(fitted.model(), fitted.smoothing(), fitted.period(), fitted.start());
        double squares = 0;
        for (double value : values) {
            double expected = state.expected();
            double error = value - expected;
            double counted = fitted.model().error() == Errors.MULTIPLICATIVE ? error / expected : error;
            squares += counted * counted;
            state.learn(error);
        }
        int free = free(fitted.model()) + EtsState.size(fitted.model(), fitted.period());
        double deviation = Math.sqrt(squares / Math.max(1, values.length - free));
        double[] points = new double[horizon];
        EtsState ahead = state.copy();
        for (int h = 0; h < horizon; h++) {
            points[h] = ahead.expected();
            ahead.learn(0);
        }
        double[] deviations = fitted.model().error() == Errors.MULTIPLICATIVE
                ? simulated(state, points, deviation, options)
                : analytic(fitted, deviation, horizon);
        Map<String, Double> parameters = new TreeMap<>();
        parameters.put("alpha", fitted.smoothing().alpha());
        if (fitted.model().trend() != Trend.NONE) {
            parameters.put("beta", fitted.smoothing().beta());
            parameters.put("phi", fitted.smoothing().phi());
        }
        if (fitted.model().season() != Season.NONE) {
            parameters.put("gamma", fitted.smoothing().gamma());
        }
        return new Outlook(
                fitted.model().toString(), points, deviations, parameters, fitted.likelihood(), fitted.aicc());
    }

    /** σ² (1 + Σ cⱼ²), where cⱼ is what an error still does j steps later. */
    private static double[] analytic(Fitted fitted, double deviation, int horizon) {
        Smoothing smoothing = fitted.smoothing();
        boolean seasonal = fitted.model().season() != Season.NONE;
        double[] deviations = new double[horizon];
        double sum = 1;
        double damped = 0;
        double power = 1;
        for (int h = 0; h < horizon; h++) {
            deviations[h] = deviation * Math.sqrt(sum);
            power *= smoothing.phi();
            damped += power;
            double weight = smoothing.alpha() + smoothing.beta() * damped;
            weight += seasonal && (h + 1) % fitted.period() == 0 ? smoothing.gamma() : 0;
            sum += weight * weight;
        }
        return deviations;
    }

    private static double[] simulated(EtsState state, double[] points, double deviation, ForecastOptions options) {
        SplittableRandom random = new SplittableRandom(options.seed());
        double[] squares = new double[points.length];
        for (int path = 0; path < options.paths(); path++) {
            EtsState ahead = state.copy();
            for (int h = 0; h < points.length; h++) {
                double expected = ahead.expected();
                double error = expected * deviation * random.nextGaussian();
                double distance = expected + error - points[h];
                squares[h] += distance * distance;
                ahead.learn(error);
            }
        }
        return Arrays.stream(squares)
                .map(square -> Math.sqrt(square / options.paths()))
                .toArray();
    }
}
