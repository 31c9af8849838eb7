package dev.matrix.money;

import dev.matrix.core.InvalidRequestException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a source says one unit of its base is worth in another currency. Zeros at the end of decimals are dropped, so 23.730 and
 * 23.73 are one rate.
 *
 * @param mid the price between buying and selling; above zero, with at most 30 digits before and 30 after the point
 * @param bid what one unit of the base sells for; null where the source gives one price only
 * @param ask what one unit of the base costs; null exactly when {@code bid} is
 */
public record QuotedRate(
        BigDecimal mid, @Nullable BigDecimal bid, @Nullable BigDecimal ask) {

    private static final int MOST_DIGITS = 30;

    /** @throws InvalidRequestException for a rate that isn't above zero or has too many digits, and for a bid above its ask */
    public QuotedRate {
        mid = checked(mid);
        if (bid != null && ask != null) {
            bid = checked(bid);
            ask = checked(ask);
            if (bid.compareTo(ask) > 0) {
                throw new InvalidRequestException("A bid is at most its ask; " + bid + " and " + ask + " were given.");
            }
        } else if (bid != null || ask != null) {
            throw new InvalidRequestException("Bid and ask come together; one of them is missing.");
        }
    }

    /** A rate without sides. */
    public static QuotedRate mid(BigDecimal mid) {
        return new QuotedRate(mid, null, null);
    }

    private static BigDecimal checked(BigDecimal rate) {
        if (rate.signum() <= 0) {
            throw new InvalidRequestException("A rate is above zero; " + rate + " was given.");
        }
        BigDecimal plain = rate.stripTrailingZeros();
        if (plain.scale() > MOST_DIGITS || plain.precision() - plain.scale() > MOST_DIGITS) {
            throw new InvalidRequestException(
                    "A rate has at most " + MOST_DIGITS + " digits before and after the point; " + rate + " has more.");
        }
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }
}
