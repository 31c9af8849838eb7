package dev.matrix.core.event.payload;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reduction, either of a percentage or of an amount per interval.
 *
 * @param percent 0 to 100
 * @param endsAt when it stops counting; null if its term says it all
 */
public record Discount(
        @Nullable BigDecimal percent,
        @Nullable Money amount,
        Term term,
        @Nullable Instant endsAt) {

    /** How long a discount counts: for one interval, for several, or for good. */
    public enum Term {
        ONCE,
        REPEATING,
        FOREVER
    }

    public Discount {
        if ((percent == null) == (amount == null)) {
            throw new InvalidRequestException("A Discount has either a percent or an amount.");
        }
        if (percent != null) {
            Checks.percent(percent, "Discount.percent");
        }
        if (amount != null) {
            Checks.notNegative(amount, "Discount.amount");
        }
    }

    /** A percentage, without an end date. */
    public static Discount ofPercent(BigDecimal percent, Term term) {
        return new Discount(percent, null, term, null);
    }

    /** An amount per interval, without an end date. */
    public static Discount ofAmount(Money amount, Term term) {
        return new Discount(null, amount, term, null);
    }
}
