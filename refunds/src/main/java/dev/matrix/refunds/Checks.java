package dev.matrix.refunds;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The forms that values of this package have. */
final class Checks {

    private static final Pattern PROVIDER = Pattern.compile("[a-z][a-z0-9_-]{1,31}");
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_.:-]{1,255}");
    private static final BigDecimal TOO_MUCH = BigDecimal.TEN.pow(30);
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Checks() {}

    static void that(boolean met, String sentence) {
        if (!met) {
            throw new InvalidRequestException(sentence);
        }
    }

    /** Text that every store can hold: not blank, without NUL and half surrogates. */
    static void text(String value, int longest, String what) {
        that(
                isText(value, longest),
                what + " has 1 to " + longest + " characters, no NUL and no half of a surrogate pair.");
    }

    static boolean isText(String value, int longest) {
        return !value.isBlank() && value.codePointCount(0, value.length()) <= longest && isStorable(value);
    }

    static void optionalText(@Nullable String value, int longest, String what) {
        if (value != null) {
            text(value, longest, what);
        }
    }

    static void texts(Map<String, String> values, int most, int longest, String what) {
        that(values.size() <= most, what + " are at most " + most + ".");
        values.forEach((name, value) -> {
            text(name, 64, what + ": a name");
            text(value, longest, what + ": a value");
        });
    }

    static boolean isStorable(String value) {
        return value.indexOf('\0') < 0
                && value.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    static void provider(String name) {
        that(PROVIDER.matcher(name).matches(), "A provider's name matches " + PROVIDER + ".");
    }

    static boolean isReference(String ref) {
        return REFERENCE.matcher(ref).matches();
    }

    static void reference(String ref, String what) {
        that(isReference(ref), what + " matches " + REFERENCE + ", since it becomes part of a path.");
    }

    static void amount(Money amount, String what) {
        that(amount.signum() > 0 && amount.amount().compareTo(TOO_MUCH) < 0, what + " is above zero and below 10^30.");
    }

    static void within(Money part, Money whole, String what) {
        that(
                part.currency().equals(whole.currency()) && part.signum() >= 0 && part.compareTo(whole) <= 0,
                what + " is of the payment's currency, 0 or more, and not above its whole.");
    }

    static boolean isInYears(Instant at) {
        return !at.isBefore(FIRST) && !at.isAfter(LAST);
    }

    /** Whether stores can hold it. */
    static boolean isHeld(Money amount) {
        return amount.amount().abs().compareTo(TOO_MUCH) < 0;
    }

    static void year(Instant at, String what) {
        that(isInYears(at), what + " lies in the years 1 to 9999.");
    }
}
