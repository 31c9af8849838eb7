package dev.matrix.analytics.forecast;

import dev.matrix.core.InvalidRequestException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often customers who are free to come will come again: BG/NBD (Fader, Hardie and Lee, 2005). While alive a customer buys at
 * random times, at a rate of its own; after each purchase it may be gone for good. Immutable; pure, usable without a Matrix.
 *
 * @param r shape of the rates over customers
 * @param alpha their scale, in the unit of time of the histories
 * @param a of the beta distribution of the chance to be gone
 * @param b of the same
 */
public record PurchaseModel(double r, double alpha, double a, double b) {

    /**
     * What is known of a customer, in any unit of time.
     *
     * @param repeats purchases after the first
     * @param last from the first purchase to the latest; 0 without repeats
     * @param age from the first purchase until now
     */
    public record History(long repeats, double last, double age) {

        /** @throws InvalidRequestException unless 0 ≤ last ≤ age, both finite, and last is 0 exactly without repeats */
        public History {
            if (repeats < 0 || !(last >= 0) || !(last <= age) || Double.isInfinite(age)) {
                throw new InvalidRequestException("A history has repeats ≥ 0 and 0 ≤ last ≤ age; " + repeats + ", "
                        + last + ", " + age + " hasn't.");
            }
        }
    }

    private record Kind(long repeats, double last, double age) {}

    private static final int TERMS = 10_000;
    private static final double ENOUGH = 1e-14;
    private static final int STARTS = 8;
    private static final double WIDEST = 12;
    private static final double LARGE = 12;

    public PurchaseModel {
        if (!(r > 0) || !(alpha > 0) || !(a > 0) || !(b > 0)) {
            throw new InvalidRequestException("The parameters of a purchase model are above 0.");
        }
    }

    /**
     * The most likely model of some customers.
     *
     * @param histories at least one
     */
    public static PurchaseModel fit(List<History> histories) {
        if (histories.isEmpty()) {
            throw new InvalidRequestException("A purchase model is fitted to at least one history.");
        }
        double longest = histories.stream().mapToDouble(History::age).max().orElse(1);
        double unit = longest > 0 ? longest / 10 : 1;
        Map<Kind, Integer> kinds = new LinkedHashMap<>();
        histories.forEach(
                each -> kinds.merge(new Kind(each.repeats(), each.last() / unit, each.age() / unit), 1, Integer::sum));
        double[] best = new double[4];
        double[] low = new double[best.length];
        double[] high = new double[best.length];
        Arrays.fill(low, -WIDEST);
        Arrays.fill(high, WIDEST);
        for (int start = 0; start < STARTS; start++) {
            best = NelderMead.minimise(logs -> -likelihood(kinds, logs), best, low, high);
        }
        return new PurchaseModel(Math.exp(best[0]), Math.exp(best[1]) * unit, Math.exp(best[2]), Math.exp(best[3]));
    }

    private static double likelihood(Map<Kind, Integer> kinds, double[] logs) {
        double r = Math.exp(logs[0]);
        double alpha = Math.exp(logs[1]);
        double a = Math.exp(logs[2]);
        double b = Math.exp(logs[3]);
        double sum = 0;
        for (Map.Entry<Kind, Integer> each : kinds.entrySet()) {
            Kind kind = each.getKey();
            double x = kind.repeats();
            double common = logGamma(r + x) - logGamma(r) + r * Math.log(alpha);
            double alive = logGamma(a + b)
                    + logGamma(b + x)
                    - logGamma(b)
                    - logGamma(a + b + x)
                    - (r + x) * Math.log(alpha + kind.age());
            double gone = kind.repeats() == 0
                    ? Double.NEGATIVE_INFINITY
                    : Math.log(a)
                            - Math.log(b + x - 1)
                            + logGamma(a + b)
                            + logGamma(b + x)
                            - logGamma(b)
                            - logGamma(a + b + x)
                            - (r + x) * Math.log(alpha + kind.last());
            double larger = Math.max(alive, gone);
            sum += each.getValue() * (common + larger + Math.log(Math.exp(alive - larger) + Math.exp(gone - larger)));
        }
        return Double.isNaN(sum) ? Double.NEGATIVE_INFINITY : sum;
    }

    /** The chance that a customer will come again at all. */
    public double alive(History history) {
        if (history.repeats() == 0) {
            return 1;
        }
        double x = history.repeats();
        double odds = a / (b + x - 1) * Math.pow((alpha + history.age()) / (alpha + history.last()), r + x);
        return 1 / (1 + odds);
    }

    /** How many purchases a customer is expected to make within a horizon from now. */
    public double expected(History history, double horizon) {
        if (!(horizon >= 0) || Double.isInfinite(horizon)) {
            throw new InvalidRequestException("A horizon is finite and not negative; " + horizon + " isn't.");
        }
        double x = history.repeats();
        double z = horizon / (alpha + history.age() + horizon);
        // a = 1 would divide by zero; the limit is near.
        double near = Math.abs(a - 1) < 1e-9 ? 1 + 1e-9 : a;
        double scaled = hypergeometric(r + x, b + x, near + b + x - 1, z);
        double shrunk = Math.pow((alpha + history.age()) / (alpha + history.age() + horizon), r + x);
        return (near + b + x - 1) / (near - 1) * (1 - shrunk * scaled) * alive(history);
    }

    /** ₂F₁ by its series, after Euler's transform, where that has the smaller terms; 0 ≤ z &lt; 1. */
    private static double hypergeometric(double p, double q, double s, double z) {
        double shift = s - p - q;
        return s - p > 0 && s - q > 0 && shift < 0
                ? Math.pow(1 - z, shift) * series(s - p, s - q, s, z)
                : series(p, q, s, z);
    }

    private static double series(double p, double q, double s, double z) {
        double term = 1;
        double sum = 1;
        for (int n = 0; n < TERMS && Math.abs(term) > ENOUGH * Math.abs(sum); n++) {
            term *= (p + n) * (q + n) / ((s + n) * (n + 1)) * z;
            sum += term;
        }
        return sum;
    }

    /** The logarithm of the gamma function by Stirling's series, where that is good to 14 digits, and the recurrence below. */
    private static double logGamma(double x) {
        double shift = 0;
        double at = x;
        while (at < LARGE) {
            shift += Math.log(at);
            at++;
        }
        double inverse = 1 / at;
        double square = inverse * inverse;
        double rest = inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1_260 - square / 1_680)));
        return (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + rest - shift;
    }
}
