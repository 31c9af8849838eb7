package dev.matrix.analytics.cost;

import dev.matrix.core.InvalidRequestException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a plan charges for one meter.
 *
 * @param meter the metric of {@code usage.recorded}
 * @param included how many units of each period cost nothing
 * @param price of what goes beyond
 * @param hardCap the most that the plan allows in one period; null: no limit
 */
public record Charge(
        String meter,
        BigDecimal included,
        Price price,
        @Nullable BigDecimal hardCap) {

    /** @throws InvalidRequestException for an empty meter, a negative quantity, or more included than allowed */
    public Charge {
        if (meter.isBlank()) {
            throw new InvalidRequestException("A charge names its meter.");
        }
        if (included.signum() < 0 || (hardCap != null && included.compareTo(hardCap) > 0)) {
            throw new InvalidRequestException(
                    "Charge of meter " + meter + ": included is 0 or more and at most hardCap; "
                            + included.toPlainString() + " of " + hardCap + " is not.");
        }
    }

    /** A charge without a limit. */
    public static Charge of(String meter, String included, Price price) {
        return new Charge(meter, new BigDecimal(included), price, null);
    }

    /** This charge with a limit. */
    public Charge cappedAt(String most) {
        return new Charge(meter, included, price, new BigDecimal(most));
    }

    /** The exact price of a period's quantity; a quantity below zero, left by corrections, costs nothing. */
    BigDecimal amount(BigDecimal quantity) {
        BigDecimal beyond = quantity.subtract(included);
        return beyond.signum() <= 0 ? BigDecimal.ZERO : price.of(beyond);
    }

    boolean allows(BigDecimal quantity) {
        return hardCap == null || quantity.compareTo(hardCap) <= 0;
    }
}
