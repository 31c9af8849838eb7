package dev.matrix.core.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The long arithmetic under {@link Money}'s compact form. Whatever does not fit in a long is left to the JDK's BigDecimal.
 */
final class Decimals {

    /** 10^18 is the last power of ten that a long holds. */
    static final int LONG_DIGITS = 18;

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
     * The exact quotient, rounded once. The divisor is above zero.
     *
     * @throws ArithmeticException if the mode is UNNECESSARY and the quotient is no whole number
     */
    static long divide(long dividend, long divisor, RoundingMode mode) {
        long quotient = dividend / divisor;
        long rest = dividend - quotient * divisor;
        if (rest == 0) {
            return quotient;
        }
        int sign = Long.signum(dividend);
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
        return Long.compare(size, divisor - size);
    }
}
