package dev.matrix.core.money;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An exact amount of one currency, always with the decimals of its currency. Only a method that takes a {@link RoundingMode}
 * rounds, and then once, from the exact value; every other throws {@link ArithmeticException} rather than lose a digit.
 * Amounts have no upper limit. Mixing currencies throws {@link CurrencyMismatchException}.
 *
 * <p>{@code 1.1 USD} equals {@code 1.10 USD}, and there is no negative zero. Immutable and thread-safe.
 */
public final class Money implements Comparable<Money> {

    private final Currency currency;
    private final long minor;

    /** The minor units if a long can't hold them, {@code minor} then being 0; else null. So each amount has one form. */
    private final @Nullable BigInteger big;

    private Money(Currency currency, long minor, @Nullable BigInteger big) {
        this.currency = currency;
        this.minor = minor;
        this.big = big;
    }

    /**
     * An amount such as {@code of("12.34", "EUR")}, of a code of {@link Currencies#iso()}.
     *
     * @throws InvalidRequestException if the code is unknown, or the amount not {@code -?[0-9]{1,40}(\.[0-9]{1,60})?}
     * @throws ArithmeticException if it has a non-zero digit beyond the currency's decimals
     */
    public static Money of(String amount, String code) {
        return of(amount, Currencies.iso().get(code));
    }

    /**
     * An amount such as {@code 12.34}.
     *
     * @throws InvalidRequestException if the amount is not {@code -?[0-9]{1,40}(\.[0-9]{1,60})?}
     * @throws ArithmeticException if it has a non-zero digit beyond the currency's decimals
     */
    public static Money of(String amount, Currency currency) {
        return AmountText.money(amount, amount.length(), requireNonNull(currency, "currency"));
    }

    /**
     * This amount exactly.
     *
     * @throws ArithmeticException if it has a non-zero digit beyond the currency's decimals
     */
    public static Money of(BigDecimal amount, Currency currency) {
        return ofRounded(amount, currency, RoundingMode.UNNECESSARY);
    }

    /**
     * This amount, rounded once to the currency's decimals.
     *
     * @throws ArithmeticException if the mode is UNNECESSARY and a digit would be lost
     */
    public static Money ofRounded(BigDecimal amount, Currency currency, RoundingMode rounding) {
        try {
            return ofMinor(amount.setScale(currency.scale(), rounding).unscaledValue(), currency);
        } catch (ArithmeticException inexact) {
            throw lost(amount.toString(), currency, inexact);
        }
    }

    /** So many minor units: {@code ofMinor(1234, EUR)} is 12.34 EUR. */
    public static Money ofMinor(long minorUnits, Currency currency) {
        return new Money(requireNonNull(currency, "currency"), minorUnits, null);
    }

    /** So many minor units. */
    public static Money ofMinor(BigInteger minorUnits, Currency currency) {
        return minorUnits.bitLength() < Long.SIZE
                ? ofMinor(minorUnits.longValue(), currency)
                : new Money(requireNonNull(currency, "currency"), 0, minorUnits);
    }

    /** Nothing, of this currency. */
    public static Money zero(Currency currency) {
        return ofMinor(0, currency);
    }

    /**
     * Reads what {@link #toString()} prints, such as {@code 12.34 EUR}, of a code of {@link Currencies#iso()}.
     *
     * @throws InvalidRequestException if the text has another form or the code is unknown
     * @throws ArithmeticException if the amount has a non-zero digit beyond the currency's decimals
     */
    public static Money parse(String text) {
        return parse(text, Currencies.iso());
    }

    /** As {@link #parse(String)}, with the codes of this registry. */
    public static Money parse(String text, Currencies currencies) {
        int space = text.indexOf(' ');
        if (space < 0) {
            throw new InvalidRequestException("A money text is an amount, one space and a code, such as 12.34 EUR.");
        }
        return AmountText.money(text, space, currencies.get(text.substring(space + 1)));
    }

    /** The amount, with exactly the currency's decimals. */
    public BigDecimal amount() {
        return big == null ? BigDecimal.valueOf(minor, currency.scale()) : new BigDecimal(big, currency.scale());
    }

    public Currency currency() {
        return currency;
    }

    /** The amount in minor units: 1234 for 12.34 EUR. */
    public BigInteger minorUnits() {
        return big == null ? BigInteger.valueOf(minor) : big;
    }

    /**
     * The amount in minor units.
     *
     * @throws ArithmeticException if a long can't hold them
     */
    public long minorUnitsExact() {
        if (big != null) {
            throw new ArithmeticException("The minor units of " + this + " don't fit in a long; use minorUnits().");
        }
        return minor;
    }

    /** −1, 0 or 1, as the amount is below, at or above zero. */
    public int signum() {
        return big == null ? Long.signum(minor) : big.signum();
    }

    public boolean isZero() {
        return big == null && minor == 0;
    }

    public Money plus(Money other) {
        CurrencyMismatchException.check(currency, other.currency);
        long sum = minor + other.minor;
        // Signs of both terms differing from the sum's is overflow.
        return isCompact() && other.isCompact() && ((minor ^ sum) & (other.minor ^ sum)) >= 0
                ? new Money(currency, sum, null)
                : ofMinor(minorUnits().add(other.minorUnits()), currency);
    }

    public Money minus(Money other) {
        CurrencyMismatchException.check(currency, other.currency);
        long difference = minor - other.minor;
        return isCompact() && other.isCompact() && ((minor ^ other.minor) & (minor ^ difference)) >= 0
                ? new Money(currency, difference, null)
                : ofMinor(minorUnits().subtract(other.minorUnits()), currency);
    }

    public Money negated() {
        return isCompact() && minor != Long.MIN_VALUE
                ? new Money(currency, -minor, null)
                : ofMinor(minorUnits().negate(), currency);
    }

    public Money abs() {
        return signum() < 0 ? negated() : this;
    }

    /** The lesser amount; this one if they are equal. */
    public Money min(Money other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** The greater amount; this one if they are equal. */
    public Money max(Money other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public Money times(long factor) {
        return isCompact() && Decimals.multiplies(minor, factor)
                ? new Money(currency, minor * factor, null)
                : ofMinor(minorUnits().multiply(BigInteger.valueOf(factor)), currency);
    }

    /**
     * The exact product, rounded once.
     *
     * @throws ArithmeticException if the mode is UNNECESSARY and a digit would be lost
     */
    public Money times(BigDecimal factor, RoundingMode rounding) {
        int scale = factor.scale();
        if (isCompact() && scale >= 0 && scale <= Decimals.LONG_DIGITS && factor.precision() <= Decimals.LONG_DIGITS) {
            long unscaled = Decimals.unscaled(factor);
            if (Decimals.multiplies(minor, unscaled)) {
                return divided(minor * unscaled, Decimals.powerOfTen(scale), rounding);
            }
        }
        return ofRounded(amount().multiply(factor), currency, rounding);
    }

    /**
     * The exact quotient, rounded once.
     *
     * @throws ArithmeticException if the divisor is zero, or the mode is UNNECESSARY and a digit would be lost
     */
    public Money dividedBy(BigDecimal divisor, RoundingMode rounding) {
        int scale = divisor.scale();
        if (isCompact() && scale >= 0 && scale <= Decimals.LONG_DIGITS && divisor.precision() <= Decimals.LONG_DIGITS) {
            long unscaled = Decimals.unscaled(divisor);
            long power = Decimals.powerOfTen(scale);
            if (unscaled > 0 && Decimals.multiplies(minor, power)) {
                return divided(minor * power, unscaled, rounding);
            }
        }
        try {
            return of(amount().divide(divisor, currency.scale(), rounding), currency);
        } catch (ArithmeticException inexact) {
            throw divisor.signum() == 0 ? inexact : lost(this + " / " + divisor, currency, inexact);
        }
    }

    /**
     * The multiple of a step that this amount rounds to: 12.33 CHF to 0.05 is 12.35 CHF.
     *
     * @param step above zero, in units of the currency
     * @throws ArithmeticException if the step has a non-zero digit beyond the currency's decimals, or the mode is UNNECESSARY
     *     and the amount is no multiple of the step
     */
    public Money roundedTo(BigDecimal step, RoundingMode rounding) {
        if (step.signum() <= 0) {
            throw new IllegalArgumentException("A rounding step is above zero; " + step + " is not.");
        }
        Money unit = of(step, currency);
        try {
            return unit.times(amount().divide(step, 0, rounding), RoundingMode.UNNECESSARY);
        } catch (ArithmeticException inexact) {
            throw lost(this + " in steps of " + step, currency, inexact);
        }
    }

    /**
     * Splits this amount by ratios, losing nothing: exact shares are truncated toward zero, then the minor units left
     * over go one each to the largest remainders, ties to the earliest. A ratio of 0 gets 0.
     *
     * @throws IllegalArgumentException if there are no ratios, one is negative, or all are zero
     */
    public List<Money> allocate(List<BigDecimal> ratios) {
        return Allocation.of(this, ratios);
    }

    /** As {@link #allocate(List)}. */
    public List<Money> allocate(long... ratios) {
        return Allocation.of(this, ratios);
    }

    /**
     * Splits this amount into equal parts; the minor units left over go to the first.
     *
     * @throws IllegalArgumentException if there is not at least one part
     */
    public List<Money> split(int parts) {
        if (parts < 1) {
            throw new IllegalArgumentException(
                    "An amount is split into at least 1 part; " + parts + " were asked for.");
        }
        long[] equal = new long[parts];
        Arrays.fill(equal, 1);
        return allocate(equal);
    }

    /**
     * How many times the other amount this one is.
     *
     * @throws ArithmeticException if the other is zero, or the context's precision is unlimited and the quotient never ends
     */
    public BigDecimal ratioTo(Money other, MathContext context) {
        CurrencyMismatchException.check(currency, other.currency);
        return amount().divide(other.amount(), context);
    }

    /** The same amount, for what goes below the minor unit. */
    public PreciseMoney precise() {
        return PreciseMoney.of(amount(), currency);
    }

    /** Sums a stream of one currency; zero if it is empty. */
    public static Collector<Money, ?, Money> summing(Currency currency) {
        return Collectors.reducing(zero(currency), Money::plus);
    }

    /** Orders by amount. */
    @Override
    public int compareTo(Money other) {
        CurrencyMismatchException.check(currency, other.currency);
        return isCompact() && other.isCompact()
                ? Long.compare(minor, other.minor)
                : minorUnits().compareTo(other.minorUnits());
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof Money other
                && minor == other.minor
                && currency.equals(other.currency)
                && Objects.equals(big, other.big);
    }

    @Override
    public int hashCode() {
        return 31 * currency.code().hashCode() + (big == null ? Long.hashCode(minor) : big.hashCode());
    }

    /** The amount, a space and the code: {@code 12.34 EUR}. For people in a locale there is {@link MoneyFormat}. */
    @Override
    public String toString() {
        return amount().toPlainString() + " " + currency.code();
    }

    boolean isCompact() {
        return big == null;
    }

    private Money divided(long dividend, long divisor, RoundingMode rounding) {
        try {
            return new Money(currency, Decimals.divide(dividend, divisor, rounding), null);
        } catch (ArithmeticException inexact) {
            throw lost(dividend + " / " + divisor + " minor units", currency, inexact);
        }
    }

    private static ArithmeticException lost(String amount, Currency currency, ArithmeticException cause) {
        ArithmeticException lost = new ArithmeticException(amount + " has no exact amount in " + currency.code()
                + ", which has " + currency.scale() + " decimals; name a rounding to accept the nearest.");
        lost.initCause(cause);
        return lost;
    }
}
