package dev.matrix.core.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * The largest remainder: exact shares are truncated toward zero, and the units left over go one each to the largest
 * remainders, ties to the earliest. Remainders are sizes, so an amount and its negation are split alike.
 */
final class Allocation {

    private Allocation() {}

    static List<Money> of(Money amount, long[] ratios) {
        long total = 0;
        long largest = 0;
        boolean fits = true;
        for (long ratio : ratios) {
            requireNotNegative(ratio < 0, ratio);
            total += ratio;
            // The sum of two longs that are not negative is negative exactly when it overflows.
            fits &= total >= 0;
            largest = Math.max(largest, ratio);
        }
        requirePositiveTotal(largest > 0);
        if (fits && amount.isCompact() && Decimals.multiplies(amount.minorUnitsExact(), largest)) {
            return compact(amount, ratios, total);
        }
        BigInteger[] wide = Arrays.stream(ratios).mapToObj(BigInteger::valueOf).toArray(BigInteger[]::new);
        return big(amount, wide);
    }

    static List<Money> of(Money amount, List<BigDecimal> ratios) {
        int scale = 0;
        for (BigDecimal ratio : ratios) {
            requireNotNegative(ratio.signum() < 0, ratio);
            scale = Math.max(scale, ratio.scale());
        }
        BigInteger[] whole = new BigInteger[ratios.size()];
        boolean fits = true;
        for (int i = 0; i < whole.length; i++) {
            whole[i] = ratios.get(i).setScale(scale).unscaledValue();
            fits &= whole[i].bitLength() < Long.SIZE;
        }
        if (fits) {
            return of(
                    amount,
                    Arrays.stream(whole).mapToLong(BigInteger::longValue).toArray());
        }
        return big(amount, whole);
    }

    private static List<Money> compact(Money amount, long[] ratios, long total) {
        long minor = amount.minorUnitsExact();
        long[] shares = new long[ratios.length];
        long[] rests = new long[ratios.length];
        long left = minor;
        for (int i = 0; i < shares.length; i++) {
            long product = minor * ratios[i];
            shares[i] = product / total;
            rests[i] = Math.abs(product - shares[i] * total);
            left -= shares[i];
        }
        if (left != 0) {
            int units = (int) Math.abs(left);
            long[] ordered = rests.clone();
            Arrays.sort(ordered);
            long last = ordered[ordered.length - units];
            int ties = units
                    - (int) Arrays.stream(rests).filter(rest -> rest > last).count();
            for (int i = 0; i < shares.length; i++) {
                if (rests[i] > last || (rests[i] == last && ties-- > 0)) {
                    shares[i] += Long.signum(left);
                }
            }
        }
        Money[] parts = new Money[shares.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Money.ofMinor(shares[i], amount.currency());
        }
        return List.of(parts);
    }

    private static List<Money> big(Money amount, BigInteger[] ratios) {
        BigInteger total = Arrays.stream(ratios).reduce(BigInteger.ZERO, BigInteger::add);
        requirePositiveTotal(total.signum() > 0);
        BigInteger[] shares = new BigInteger[ratios.length];
        BigInteger[] rests = new BigInteger[ratios.length];
        BigInteger left = amount.minorUnits();
        for (int i = 0; i < shares.length; i++) {
            BigInteger[] parts = amount.minorUnits().multiply(ratios[i]).divideAndRemainder(total);
            shares[i] = parts[0];
            rests[i] = parts[1].abs();
            left = left.subtract(parts[0]);
        }
        if (left.signum() != 0) {
            int units = left.abs().intValueExact();
            BigInteger sign = BigInteger.valueOf(left.signum());
            BigInteger[] ordered = rests.clone();
            Arrays.sort(ordered);
            BigInteger last = ordered[ordered.length - units];
            int ties = units
                    - (int) Arrays.stream(rests)
                            .filter(rest -> rest.compareTo(last) > 0)
                            .count();
            for (int i = 0; i < shares.length; i++) {
                int order = rests[i].compareTo(last);
                if (order > 0 || (order == 0 && ties-- > 0)) {
                    shares[i] = shares[i].add(sign);
                }
            }
        }
        return Arrays.stream(shares)
                .map(share -> Money.ofMinor(share, amount.currency()))
                .toList();
    }

    private static void requireNotNegative(boolean negative, Object ratio) {
        if (negative) {
            throw new IllegalArgumentException("Ratios are not negative; one is " + ratio + ".");
        }
    }

    private static void requirePositiveTotal(boolean positive) {
        if (!positive) {
            throw new IllegalArgumentException("An allocation needs at least one ratio above zero.");
        }
    }
}
