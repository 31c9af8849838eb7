package dev.matrix.core.money;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * An exact amount finer than its currency's minor unit, such as a price of 0.0000025 USD a token: up to 60 decimals, kept
 * until {@link #rounded} makes {@link Money} of it. Mixing currencies throws {@link CurrencyMismatchException}.
 *
 * <p>{@code 0.50} equals {@code 0.5}. Immutable and thread-safe.
 */
public final class PreciseMoney implements Comparable<PreciseMoney> {

    private static final int LARGEST_SCALE = 60;

    private final BigDecimal amount;
    private final Currency currency;

    private PreciseMoney(BigDecimal amount, Currency currency) {
        this.amount = amount;
        this.currency = currency;
    }

    /**
     * This amount exactly.
     *
     * @throws ArithmeticException if it has a non-zero digit beyond 60 decimals
     */
    public static PreciseMoney of(BigDecimal amount, Currency currency) {
        BigDecimal stripped = amount.stripTrailingZeros();
        if (stripped.scale() > LARGEST_SCALE) {
            throw new ArithmeticException("A precise amount has at most " + LARGEST_SCALE + " decimals; " + amount + " "
                    + currency.code() + " has " + stripped.scale() + ".");
        }
        return new PreciseMoney(stripped, requireNonNull(currency, "currency"));
    }

    /**
     * An amount such as {@code 0.0000025}.
     *
     * @throws InvalidRequestException if the amount is not {@code -?[0-9]{1,40}(\.[0-9]{1,60})?}
     */
    public static PreciseMoney of(String amount, Currency currency) {
        return of(AmountText.decimal(amount), currency);
    }

    /**
     * An amount of a code of {@link Currencies#iso()}.
     *
     * @throws InvalidRequestException if the code is unknown, or the amount not {@code -?[0-9]{1,40}(\.[0-9]{1,60})?}
     */
    public static PreciseMoney of(String amount, String code) {
        return of(amount, Currencies.iso().get(code));
    }

    /** The amount, without trailing zeros. */
    public BigDecimal amount() {
        return amount;
    }

    public Currency currency() {
        return currency;
    }

    public PreciseMoney plus(PreciseMoney other) {
        CurrencyMismatchException.check(currency, other.currency);
        return of(amount.add(other.amount), currency);
    }

    public PreciseMoney minus(PreciseMoney other) {
        CurrencyMismatchException.check(currency, other.currency);
        return of(amount.subtract(other.amount), currency);
    }

    public PreciseMoney negated() {
        return new PreciseMoney(amount.negate(), currency);
    }

    /**
     * The exact product.
     *
     * @throws ArithmeticException if it has a non-zero digit beyond 60 decimals
     */
    public PreciseMoney times(BigDecimal factor) {
        return of(amount.multiply(factor), currency);
    }

    /**
     * This amount, rounded once to the currency's decimals.
     *
     * @throws ArithmeticException if the mode is UNNECESSARY and a digit would be lost
     */
    public Money rounded(RoundingMode rounding) {
        return Money.ofRounded(amount, currency, rounding);
    }

    /** Orders by amount. */
    @Override
    public int compareTo(PreciseMoney other) {
        CurrencyMismatchException.check(currency, other.currency);
        return amount.compareTo(other.amount);
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof PreciseMoney other && amount.equals(other.amount) && currency.equals(other.currency);
    }

    @Override
    public int hashCode() {
        return 31 * currency.hashCode() + amount.hashCode();
    }

    /** The amount, a space and the code: {@code 0.0000025 USD}. */
    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency.code();
    }
}
