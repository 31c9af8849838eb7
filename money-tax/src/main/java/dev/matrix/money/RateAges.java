package dev.matrix.money;

import dev.matrix.core.InvalidRequestException;
import java.time.Duration;

/**
 * How old a rate may be.
 *
 * @param aged above this age a conversion is marked {@link dev.matrix.core.money.Freshness#AGED}
 * @param refused above this age a rate isn't used unless {@link dev.matrix.core.money.StalePolicy#USE_AND_FLAG} asks for it
 */
public record RateAges(Duration aged, Duration refused) {

    public RateAges {
        if (aged.isNegative() || refused.compareTo(aged) < 0) {
            throw new InvalidRequestException(
                    "Ages are 0 ≤ aged ≤ refused; " + aged + " and " + refused + " were given.");
        }
    }
}
