package dev.matrix.core.money;

import dev.matrix.core.InvalidRequestException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The long arithmetic under {@link Money}'s compact form. Whatever does not fit in a long is left to the JDK's BigDecimal.
 */
final class Decimals {

    /** 10^18 is the last power of ten that a long holds. */
    static final int LONG_DIGITS = 18;

    private static final int LONGEST_INTEGER = 40;
    private static final int LONGEST_FRACTION = 60;
    private static final long[] POWERS_OF_TEN = new long[LONG_DIGITS + 1];

    static {
        POWERS_OF_TEN[0] = 1;
        for (int i = 1; i <= LONG_DIGITS; i++) {
            POWERS_OF_TEN[i] = 10 * POWERS_OF_TEN[i - 1];
        }
    }

    private Decimals() {}

    /** 10 to the power of 0 to {@link #LONG_DIGITS}. */
    static long powerOfTen(int exponent) {
        return POWERS_OF_TEN[exponent];
    }

    /** The digits of a decimal of at most {@link #LONG_DIGITS} of them, without the point. */
    static long unscaled(BigDecimal decimal) {
        // At scale 0 the JDK hands out the long that it keeps inside; unscaledValue() would wrap it into a BigInteger.
        return decimal.scaleByPowerOfTen(decimal.scale()).longValue();
    }

    /** Whether the product fits in a long; {@code x * y} is then exact. */
    static boolean multiplies(long x, long y) {
        return Math.multiplyHigh(x, y) == (x * y) >> 63;
    }

    /**
     * The exact quotient, rounded once. The divisor is neither zero nor {@link Long#MIN_VALUE}, nor −1 below the least
     * dividend.
     *
     * @throws ArithmeticException if the mode is UNNECESSARY and the quotient is no whole number
     */
    static long divide(long dividend, long divisor, RoundingMode mode) {
        long quotient = dividend / divisor;
        long rest = dividend - quotient * divisor;
        if (rest == 0) {
            return quotient;
        }
        int sign = (dividend ^ divisor) < 0 ? -1 : 1;
        boolean away = switch (mode) {
            case UP -> true;
            case DOWN -> false;
            case CEILING -> sign > 0;
            case FLOOR -> sign < 0;
            case HALF_UP -> half(rest, divisor) >= 0;
            case HALF_DOWN -> half(rest, divisor) > 0;
            case HALF_EVEN -> {
                int half = half(rest, divisor);
                yield half > 0 || (half == 0 && (quotient & 1) != 0);
            }
            case UNNECESSARY -> throw new ArithmeticException("Rounding necessary");
        };
        return away ? quotient + sign : quotient;
    }

    /** Compares the rest with half the divisor; the difference can't overflow, the double of the rest could. */
    private static int half(long rest, long divisor) {
        long size = Math.abs(rest);
        return Long.compare(size, Math.abs(divisor) - size);
    }

    /**
     * Reads {@code text[0, end)} as an amount: {@code -?[0-9]{1,40}(\.[0-9]{1,60})?}, rule M5.
     *
     * @throws InvalidRequestException if it has another form
     */
    static Money parse(CharSequence text, int end, Currency currency) {
        int start = end > 0 && text.charAt(0) == '-' ? 1 : 0;
        int point = end;
        int digits = 0;
        long value = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                // Wraps beyond 18 digits; the value is used only below that.
                value = 10 * value + (c - '0');
                digits++;
            } else if (c == '.' && point == end) {
                point = i;
            } else {
                throw malformed(text, end);
            }
        }
        int decimals = point == end ? 0 : end - point - 1;
        int integers = digits - decimals;
        if (integers < 1 || integers > LONGEST_INTEGER || decimals > LONGEST_FRACTION || point == end - 1) {
            throw malformed(text, end);
        }
        int missing = currency.scale() - decimals;
        if (missing >= 0 && digits + missing <= LONG_DIGITS) {
            long minor = value * powerOfTen(missing);
            return Money.ofMinor(start == 1 ? -minor : minor, currency);
        }
        return Money.of(new BigDecimal(text.subSequence(0, end).toString()), currency);
    }

    private static InvalidRequestException malformed(CharSequence text, int end) {
        int shown = Math.min(end, LONGEST_INTEGER + LONGEST_FRACTION);
        return new InvalidRequestException("\"" + text.subSequence(0, shown) + "\" is no amount; write 1 to "
                + LONGEST_INTEGER + " digits, then at most " + LONGEST_FRACTION
                + " decimals after a point, such as -1234.50.");
    }
}
