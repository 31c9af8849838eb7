package dev.matrix.analytics;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Rounds numbers so that they add up to a given whole: each down, then those with the largest rests up; ties in list order. */
final class LargestRemainder {

    private LargestRemainder() {}

    /**
     * Whole numbers near the exact ones.
     *
     * @param sum what they add up to; less than one unit away from the exact sum
     */
    static List<BigInteger> round(List<Fraction> exact, BigInteger sum) {
        List<BigInteger> rounded = new ArrayList<>(exact.size());
        List<Integer> order = new ArrayList<>(exact.size());
        BigInteger missing = sum;
        for (int i = 0; i < exact.size(); i++) {
            BigInteger down = exact.get(i).rounded(0, RoundingMode.FLOOR).toBigIntegerExact();
            rounded.add(down);
            order.add(i);
            missing = missing.subtract(down);
        }
        order.sort(Comparator.comparing((Integer i) -> rest(exact.get(i), rounded.get(i)))
                .reversed());
        int up = missing.intValueExact();
        if (up < 0 || up > order.size()) {
            throw new ArithmeticException("Numbers that add up to " + sum + " are more than one unit away from it.");
        }
        for (int i = 0; i < up; i++) {
            rounded.set(order.get(i), rounded.get(order.get(i)).add(BigInteger.ONE));
        }
        return rounded;
    }

    private static Fraction rest(Fraction exact, BigInteger down) {
        return exact.minus(Fraction.of(down, BigInteger.ONE));
    }
}
