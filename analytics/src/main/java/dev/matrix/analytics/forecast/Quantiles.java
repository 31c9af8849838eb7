package dev.matrix.analytics.forecast;

/** Quantiles of the normal distribution and of Student's t with few degrees of freedom. */
final class Quantiles {

    private static final double FARTHEST = 1e12;
    private static final int HALVINGS = 200;

    private Quantiles() {}

    /** The half-width of an interval of that level in standard deviations. */
    static double normal(double level) {
        double low = 0;
        double high = 40;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (within(middle) < level) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** The probability that a normal value lies within so many deviations: Abramowitz and Stegun, 26.2.10 and 26.2.12 for tails. */
    private static double within(double z) {
        if (z > 6) {
            double tail = Math.exp(-z * z / 2) / (z * Math.sqrt(2 * Math.PI)) * (1 - 1 / (z * z));
            return 1 - 2 * tail;
        }
        double term = z;
        double sum = z;
        for (int k = 1; k < 200; k++) {
            term *= z * z / (2 * k + 1);
            sum += term;
        }
        return 2 * sum * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }

    /**
     * The half-width of an interval of that level in Student's t.
     *
     * @param freedom 1 to 3 degrees
     */
    static double student(double level, int freedom) {
        double low = 0;
        double high = FARTHEST;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (within(middle, freedom) < level) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private static double within(double t, int freedom) {
        return switch (freedom) {
            case 1 -> 2 / Math.PI * Math.atan(t);
            case 2 -> t / Math.sqrt(2 + t * t);
            default -> {
                double r = t / Math.sqrt(3);
                yield 2 / Math.PI * (Math.atan(r) + r / (1 + r * r));
            }
        };
    }
}
