package dev.matrix.core.money;

import dev.matrix.core.InvalidRequestException;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** The one written form of an amount that is accepted from outside: no exponent, no plus, no blank. */
final class AmountText {

    private static final Pattern FORM = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,60})?");
    private static final int SHOWN = 100;

    private AmountText() {}

    static boolean isAmount(String text) {
        return FORM.matcher(text).matches();
    }

    static BigDecimal decimal(String text) {
        if (!isAmount(text)) {
            throw new InvalidRequestException("\"" + text.substring(0, Math.min(text.length(), SHOWN))
                    + "\" is no amount; write 1 to 40 digits, then at most 60 decimals after a point: -1234.50.");
        }
        return new BigDecimal(text);
    }

    /** Reads {@code text[0, end)}; short amounts without an object but the result. */
    static Money money(String text, int end, Currency currency) {
        int start = end > 0 && text.charAt(0) == '-' ? 1 : 0;
        int point = end;
        long value = 0;
        boolean plain = end - start <= Decimals.LONG_DIGITS;
        for (int i = start; plain && i < end; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                value = 10 * value + (c - '0');
            } else {
                plain = c == '.' && point == end && i > start;
                point = i;
            }
        }
        int decimals = point == end ? 0 : end - point - 1;
        int missing = currency.scale() - decimals;
        boolean whole = point == end ? end > start : decimals > 0;
        if (plain && whole && missing >= 0 && end - start + missing <= Decimals.LONG_DIGITS) {
            long minor = value * Decimals.powerOfTen(missing);
            return Money.ofMinor(start == 1 ? -minor : minor, currency);
        }
        return Money.of(decimal(text.substring(0, end)), currency);
    }
}
