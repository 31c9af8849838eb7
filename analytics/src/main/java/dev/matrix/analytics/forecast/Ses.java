package dev.matrix.analytics.forecast;

/**
 * Simple exponential smoothing: the α with the smallest squared errors, the initial level by regression given α.
 */
final class Ses {

    private static final double LEAST = 0.0001;
    private static final double MOST = 0.9999;
    private static final int STEPS = 40;
    private static final int REFINEMENTS = 40;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private final double alpha;
    private final double[] levels;

    private Ses(double alpha, double[] levels) {
        this.alpha = alpha;
        this.levels = levels;
    }

    double alpha() {
        return alpha;
    }

    /** The level before a value: what was expected of it. */
    double before(int index) {
        return levels[index];
    }

    /** The level after all values. */
    double level() {
        return levels[levels.length - 1];
    }

    static Ses fit(double[] values) {
        double best = LEAST;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= STEPS; i++) {
            double alpha = LEAST + (MOST - LEAST) * i / STEPS;
            double squares = squares(values, alpha);
            if (squares < least) {
                least = squares;
                best = alpha;
            }
        }
        double step = (MOST - LEAST) / STEPS;
        double low = Math.max(LEAST, best - step);
        double high = Math.min(MOST, best + step);
        for (int i = 0; i < REFINEMENTS; i++) {
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            if (squares(values, left) <= squares(values, right)) {
                high = right;
            } else {
                low = left;
            }
        }
        double refined = (low + high) / 2;
        double alpha = squares(values, refined) < least ? refined : best;
        return new Ses(alpha, levels(values, alpha, start(values, alpha)));
    }

    /** An error is linear in the initial level, whose weight falls by 1 − α each step. */
    private static double start(double[] values, double alpha) {
        double level = 0;
        double weight = 1;
        double products = 0;
        double squares = 0;
        for (double value : values) {
            products += weight * (value - level);
            squares += weight * weight;
            level += alpha * (value - level);
            weight *= 1 - alpha;
        }
        return products / squares;
    }

    private static double[] levels(double[] values, double alpha, double start) {
        double[] levels = new double[values.length + 1];
        levels[0] = start;
        for (int i = 0; i < values.length; i++) {
            levels[i + 1] = levels[i] + alpha * (values[i] - levels[i]);
        }
        return levels;
    }

    private static double squares(double[] values, double alpha) {
        double[] levels = levels(values, alpha, start(values, alpha));
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            squares += (values[i] - levels[i]) * (values[i] - levels[i]);
        }
        return squares;
    }
}
