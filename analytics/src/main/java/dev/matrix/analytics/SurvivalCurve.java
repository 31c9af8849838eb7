package dev.matrix.analytics;

import dev.matrix.core.InvalidRequestException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How long customers stay, from those who left and those who have not yet (Kaplan and Meier, 1958). Immutable; pure, usable without
 * a Matrix.
 *
 * @param steps in time order, one per tenure at which somebody left
 */
public record SurvivalCurve(List<Step> steps) {

    /**
     * How long one customer stayed.
     *
     * @param length 0 or more, in any unit
     * @param ended false: it is still there
     */
    public record Tenure(double length, boolean ended) {

        /** @throws InvalidRequestException unless the length is finite and not negative */
        public Tenure {
            if (!(length >= 0) || Double.isInfinite(length)) {
                throw new InvalidRequestException("A tenure is finite and not negative; " + length + " isn't.");
            }
        }
    }

    /**
     * From a tenure on.
     *
     * @param atRisk how many had at least this tenure
     * @param left how many left at it
     * @param survival the share that stays longer
     * @param deviation its standard error (Greenwood, 1926)
     */
    public record Step(double tenure, long atRisk, long left, double survival, double deviation) {

        /** The lower bound of an interval of 95 %, at least 0. */
        public double lower() {
            return Math.max(0, survival - WIDTH * deviation);
        }

        /** The upper bound of an interval of 95 %, at most 1. */
        public double upper() {
            return Math.min(1, survival + WIDTH * deviation);
        }
    }

    private static final double WIDTH = 1.959963984540054;

    public SurvivalCurve {
        steps = List.copyOf(steps);
    }

    /** The curve of tenures in any order; who is still there counts as at risk up to its tenure, that one included. */
    public static SurvivalCurve of(List<Tenure> tenures) {
        List<Tenure> sorted = new ArrayList<>(tenures);
        sorted.sort(Comparator.comparingDouble(Tenure::length));
        List<Step> steps = new ArrayList<>();
        double survival = 1;
        double variance = 0;
        int at = 0;
        while (at < sorted.size()) {
            double length = sorted.get(at).length();
            long atRisk = (long) sorted.size() - at;
            long left = 0;
            while (at < sorted.size() && sorted.get(at).length() == length) {
                left += sorted.get(at).ended() ? 1 : 0;
                at++;
            }
            if (left > 0) {
                survival *= (double) (atRisk - left) / atRisk;
                variance += atRisk == left ? 0 : (double) left / ((double) atRisk * (atRisk - left));
                steps.add(new Step(length, atRisk, left, survival, survival * Math.sqrt(variance)));
            }
        }
        return new SurvivalCurve(steps);
    }

    /** The share that stays longer than a tenure. */
    public double at(double tenure) {
        double survival = 1;
        for (Step step : steps) {
            if (step.tenure() > tenure) {
                break;
            }
            survival = step.survival();
        }
        return survival;
    }

    /** The expected tenure up to a horizon: the area under the curve. */
    public double mean(double horizon) {
        double area = 0;
        double from = 0;
        double survival = 1;
        for (Step step : steps) {
            if (step.tenure() >= horizon) {
                break;
            }
            area += survival * (step.tenure() - from);
            from = step.tenure();
            survival = step.survival();
        }
        return area + survival * Math.max(0, horizon - from);
    }
}
