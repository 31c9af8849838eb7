package dev.matrix.tax;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Exact shares of whole minor units: each share is a numerator over one denominator; truncated toward zero, then the
 * units left over go one each to the largest fractions in their direction, ties to the earliest. With shares of one sign this
 * splits as {@link dev.matrix.core.money.Money#allocate} does.
 */
final class Shares {

    private Shares() {}

    /** The quotient, rounded once; the denominator is above zero. */
    static BigInteger round(BigInteger numerator, BigInteger denominator, RoundingMode mode) {
        return new BigDecimal(numerator)
                .divide(new BigDecimal(denominator), 0, mode)
                .unscaledValue();
    }

    /** Splits a total that is the rounded sum of the shares; what is returned adds up to it. */
    static BigInteger[] allocate(BigInteger total, BigInteger[] numerators, BigInteger denominator) {
        BigInteger[] whole = new BigInteger[numerators.length];
        BigInteger[] rests = new BigInteger[numerators.length];
        BigInteger left = total;
        for (int i = 0; i < whole.length; i++) {
            BigInteger[] parts = numerators[i].divideAndRemainder(denominator);
            whole[i] = parts[0];
            rests[i] = parts[1];
            left = left.subtract(parts[0]);
        }
        if (left.signum() != 0) {
            handOut(left, whole, rests);
        }
        return whole;
    }

    private static void handOut(BigInteger left, BigInteger[] whole, BigInteger[] rests) {
        BigInteger unit = BigInteger.valueOf(left.signum());
        Integer[] order = new Integer[whole.length];
        Arrays.setAll(order, i -> i);
        Comparator<Integer> byFraction = Comparator.comparing(i -> rests[i]);
        Arrays.sort(order, left.signum() > 0 ? byFraction.reversed() : byFraction);
        int units = left.abs().intValueExact();
        for (int i = 0; i < units; i++) {
            int at = order[i % order.length];
            whole[at] = whole[at].add(unit);
        }
    }

    /** Splits any total in proportion to weights of any sign whose sum is not zero. */
    static BigInteger[] split(BigInteger total, BigInteger[] weights) {
        BigInteger sum = Arrays.stream(weights).reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger sign = BigInteger.valueOf(sum.signum());
        BigInteger[] numerators = new BigInteger[weights.length];
        Arrays.setAll(numerators, i -> weights[i].multiply(total).multiply(sign));
        return allocate(total, numerators, sum.abs());
    }
}
