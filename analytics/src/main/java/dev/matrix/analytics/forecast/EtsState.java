package dev.matrix.analytics.forecast;

import dev.matrix.analytics.forecast.EtsModel.Season;
import dev.matrix.analytics.forecast.EtsModel.Trend;

/** Level, trend and season of exponential smoothing, and how an error moves them. Not thread-safe. */
final class EtsState {

    /**
     * Smoothing parameters.
     *
     * @param beta at most alpha
     * @param gamma at most 1 − alpha
     * @param phi 1 where the trend isn't damped
     */
    record Smoothing(double alpha, double beta, double gamma, double phi) {}

    private final EtsModel model;
    private final Smoothing smoothing;
    private final double[] season;
    private double level;
    private double slope;
    private int at;

    /** @param start level, then slope if there is a trend, then the season's values for the first period */
    EtsState(EtsModel model, Smoothing smoothing, int period, double[] start) {
        this.model = model;
        this.smoothing = smoothing;
        this.level = start[0];
        int next = 1;
        if (model.trend() != Trend.NONE) {
            slope = start[next++];
        }
        this.season = new double[model.season() == Season.NONE ? 0 : period];
        for (int i = 0; i < season.length; i++) {
            season[i] = start[next + i];
        }
    }

    private EtsState(EtsState other) {
        this.model = other.model;
        this.smoothing = other.smoothing;
        this.season = other.season.clone();
        this.level = other.level;
        this.slope = other.slope;
        this.at = other.at;
    }

    EtsState copy() {
        return new EtsState(this);
    }

    static int size(EtsModel model, int period) {
        return 1 + (model.trend() == Trend.NONE ? 0 : 1) + (model.season() == Season.NONE ? 0 : period);
    }

    private double trended() {
        return level + smoothing.phi() * slope;
    }

    /** What is expected next. */
    double expected() {
        double trended = trended();
        return switch (model.season()) {
            case NONE -> trended;
            case ADDITIVE -> trended + season[at];
            case MULTIPLICATIVE -> trended * season[at];
        };
    }

    /** Takes in how far the value was from {@link #expected}. */
    void learn(double error) {
        double trended = trended();
        double levelled = error;
        if (model.season() == Season.MULTIPLICATIVE) {
            levelled = error / season[at];
            season[at] += smoothing.gamma() * error / trended;
        } else if (model.season() == Season.ADDITIVE) {
            season[at] += smoothing.gamma() * error;
        }
        level = trended + smoothing.alpha() * levelled;
        slope = smoothing.phi() * slope + smoothing.beta() * levelled;
        at = season.length == 0 ? 0 : (at + 1) % season.length;
    }
}
