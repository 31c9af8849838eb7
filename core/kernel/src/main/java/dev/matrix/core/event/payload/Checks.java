package dev.matrix.core.event.payload;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the records of this package require of their components; {@code what} names one, as {@code Line.id}. */
final class Checks {

    private static final Pattern WORD = Pattern.compile("[a-z0-9_]+");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Checks() {}

    /** What a builder must have been given, as names and values in turn. */
    static void given(String payload, @Nullable Object... namesAndValues) {
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] == null) {
                missing.add(String.valueOf(namesAndValues[i]));
            }
        }
        if (!missing.isEmpty()) {
            throw new InvalidRequestException(
                    payload + " misses " + String.join(", ", missing) + ": set each in its builder.");
        }
    }

    /** A part that nobody has set is zero. */
    static Money orZero(@Nullable Money part, Money whole) {
        return part == null ? Money.zero(whole.currency()) : part;
    }

    /** Every payload's first two components. */
    static void subject(String id, Owner owner) {
        text(id, "An event's id, its subject,");
        requireNonNull(owner, "owner");
    }

    /** A record of several types takes only those that name it as their payload. */
    static void type(EventType type, Class<? extends EventPayload> payload) {
        if (type.payload() != payload) {
            throw new InvalidRequestException("An event of type " + type + " carries a "
                    + type.payload().getSimpleName() + ", not a " + payload.getSimpleName() + ".");
        }
    }

    static void text(String value, String what) {
        require(!value.isBlank(), what, "not be blank");
    }

    /** One of a feature's constants, as JSON spells them. */
    static void word(String value, String what) {
        require(WORD.matcher(value).matches(), what, "be in lower snake case");
    }

    static void atLeast(long least, long value, String what) {
        if (value < least) {
            throw new InvalidRequestException(what + " must be at least " + least + ".");
        }
    }

    static void percent(BigDecimal value, String what) {
        require(value.signum() >= 0 && value.compareTo(HUNDRED) <= 0, what, "lie within 0 and 100");
    }

    static void fraction(double value, String what) {
        require(value >= 0 && value <= 1, what, "lie within 0 and 1");
    }

    static void positive(BigDecimal value, String what) {
        require(value.signum() > 0, what, "be positive");
    }

    static void positive(Money value, String what) {
        require(value.signum() > 0, what, "be positive");
    }

    static void notNegative(Money value, String what) {
        require(value.signum() >= 0, what, "not be negative");
    }

    static void sameCurrency(Money first, Money second, String what) {
        require(first.currency().equals(second.currency()), what, "be in the currency of its amount");
    }

    /** A part of an amount: of its currency, from zero to all of it. */
    static void within(Money part, Money whole, String what) {
        sameCurrency(whole, part, what);
        require(part.signum() >= 0 && part.compareTo(whole) <= 0, what, "lie within 0 and its whole");
    }

    static void sum(Money total, String what, Money first, Money second) {
        require(first.plus(second).equals(total), what, "be the sum of its parts");
    }

    private static void require(boolean met, String what, String rule) {
        if (!met) {
            throw new InvalidRequestException(what + " must " + rule + ".");
        }
    }
}
