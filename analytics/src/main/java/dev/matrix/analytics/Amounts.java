package dev.matrix.analytics;

import java.math.BigInteger;

/**
 * What one movement changes. A balance is the sum of all of them.
 *
 * @param parts of MRR
 * @param customers how many more there are
 * @param payers how many more of them have MRR above zero
 */
record Amounts(BigInteger parts, long customers, long payers) {

    static final Amounts ZERO = new Amounts(BigInteger.ZERO, 0, 0);

    static Amounts of(BigInteger parts) {
        return new Amounts(parts, 0, 0);
    }

    static Amounts heads(long customers, long payers) {
        return new Amounts(BigInteger.ZERO, customers, payers);
    }

    Amounts plus(Amounts more) {
        return new Amounts(parts.add(more.parts), customers + more.customers, payers + more.payers);
    }

    Amounts negated() {
        return new Amounts(parts.negate(), -customers, -payers);
    }

    boolean isZero() {
        return parts.signum() == 0 && customers == 0 && payers == 0;
    }
}
