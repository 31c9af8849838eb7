package dev.matrix.analytics.forecast;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.ToDoubleFunction;

/** Minimises a function without derivatives within bounds (Nelder and Mead, 1965). Deterministic. */
final class NelderMead {

    private static final int MOST_STEPS = 220;
    private static final double CLOSE = 1e-9;

    private NelderMead() {}

    private record Corner(double[] at, double value) {}

    /** The best point found, starting at {@code start}; every point is put within the bounds before it is tried. */
    static double[] minimise(ToDoubleFunction<double[]> function, double[] start, double[] low, double[] high) {
        int n = start.length;
        if (n == 0) {
            return start;
        }
        Corner[] corners = new Corner[n + 1];
        corners[0] = corner(function, start, low, high);
        for (int i = 0; i < n; i++) {
            double[] moved = start.clone();
            double step = (high[i] - low[i]) / 5;
            moved[i] = moved[i] + step > high[i] ? moved[i] - step : moved[i] + step;
            corners[i + 1] = corner(function, moved, low, high);
        }
        for (int step = 0; step < MOST_STEPS; step++) {
            Arrays.sort(corners, Comparator.comparingDouble(Corner::value));
            Corner worst = corners[n];
            if (Math.abs(worst.value() - corners[0].value()) <= CLOSE * (Math.abs(corners[0].value()) + CLOSE)) {
                break;
            }
            double[] centre = centre(corners, n);
            Corner reflected = corner(function, along(centre, worst.at(), -1), low, high);
            if (reflected.value() < corners[0].value()) {
                Corner expanded = corner(function, along(centre, worst.at(), -2), low, high);
                corners[n] = expanded.value() < reflected.value() ? expanded : reflected;
            } else if (reflected.value() < corners[n - 1].value()) {
                corners[n] = reflected;
            } else {
                double[] nearer = reflected.value() < worst.value() ? reflected.at() : worst.at();
                Corner contracted = corner(function, along(centre, nearer, 0.5), low, high);
                if (contracted.value() < Math.min(worst.value(), reflected.value())) {
                    corners[n] = contracted;
                } else {
                    for (int i = 1; i <= n; i++) {
                        corners[i] = corner(function, along(corners[0].at(), corners[i].at(), 0.5), low, high);
                    }
                }
            }
        }
        Arrays.sort(corners, Comparator.comparingDouble(Corner::value));
        return corners[0].at();
    }

    private static Corner corner(ToDoubleFunction<double[]> function, double[] at, double[] low, double[] high) {
        double[] within = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            within[i] = Math.max(low[i], Math.min(high[i], at[i]));
        }
        double value = function.applyAsDouble(within);
        return new Corner(within, Double.isNaN(value) ? Double.MAX_VALUE : value);
    }

    private static double[] centre(Corner[] corners, int n) {
        double[] centre = new double[n];
        for (int c = 0; c < n; c++) {
            for (int i = 0; i < n; i++) {
                centre[i] += corners[c].at()[i] / n;
            }
        }
        return centre;
    }

    private static double[] along(double[] from, double[] to, double share) {
        double[] at = new double[from.length];
        for (int i = 0; i < from.length; i++) {
            at[i] = from[i] + share * (to[i] - from[i]);
        }
        return at;
    }
}
