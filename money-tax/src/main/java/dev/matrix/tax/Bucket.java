package dev.matrix.tax;

import dev.matrix.tax.Treatment.Component;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** The lines whose tax is rounded together, with their exact shares over one denominator. Not thread-safe. */
final class Bucket {

    private final Component component;
    private final List<int[]> places = new ArrayList<>();
    private BigInteger[] numerators = {};
    private BigInteger denominator = BigInteger.ONE;

    Bucket(Component component) {
        this.component = component;
    }

    Component component() {
        return component;
    }

    void add(int line, int at) {
        places.add(new int[] {line, at});
    }

    void exact(BigInteger over, IntFunction<BigInteger> numeratorOfLine) {
        denominator = over;
        numerators = new BigInteger[places.size()];
        for (int i = 0; i < numerators.length; i++) {
            numerators[i] = numeratorOfLine.apply(places.get(i)[0]);
        }
    }

    BigInteger sum() {
        BigInteger sum = BigInteger.ZERO;
        for (BigInteger numerator : numerators) {
            sum = sum.add(numerator);
        }
        return sum;
    }

    BigInteger rounded(RoundingMode mode) {
        return Shares.round(sum(), denominator, mode);
    }

    /** The taxes of buckets whose sum is rounded once; the units left over go to the largest fractions. */
    static BigInteger[] roundedTogether(List<Bucket> buckets, RoundingMode mode) {
        // Denominators are powers of ten, or all alike: each divides the largest.
        BigInteger common = buckets.stream().map(bucket -> bucket.denominator).reduce(BigInteger.ONE, BigInteger::max);
        BigInteger[] numerators = buckets.stream()
                .map(bucket -> bucket.sum().multiply(common.divide(bucket.denominator)))
                .toArray(BigInteger[]::new);
        BigInteger sum = Arrays.stream(numerators).reduce(BigInteger.ZERO, BigInteger::add);
        return Shares.allocate(Shares.round(sum, common, mode), numerators, common);
    }

    /** Allocates a total to the lines' cells. */
    void spread(BigInteger total, BigInteger[][] cells) {
        BigInteger[] shares = Shares.allocate(total, numerators, denominator);
        for (int i = 0; i < shares.length; i++) {
            cells[places.get(i)[0]][places.get(i)[1]] = shares[i];
        }
    }
}
