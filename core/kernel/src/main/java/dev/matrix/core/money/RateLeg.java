package dev.matrix.core.money;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.math.BigDecimal;

/**
 * One quoted rate on the way of a conversion, as its source published it.
 *
 * @param snapshotId the stored snapshot that holds it
 * @param source who published it, such as {@code ecb}
 * @param base the currency that one unit of is priced
 * @param quote the currency of the price
 * @param value units of {@code quote} for one {@code base}; above zero
 * @param inverted whether the conversion goes from {@code quote} to {@code base}, dividing by the value
 */
public record RateLeg(
        String snapshotId, String source, Currency base, Currency quote, BigDecimal value, boolean inverted) {

    public RateLeg {
        requireNonNull(snapshotId, "snapshotId");
        requireNonNull(source, "source");
        requireNonNull(base, "base");
        requireNonNull(quote, "quote");
        if (value.signum() <= 0) {
            throw new InvalidRequestException("A rate is above zero; " + source + " gives " + value + " " + quote.code()
                    + " for one " + base.code() + ".");
        }
    }

    /** Where this leg starts. */
    Currency from() {
        return inverted ? quote : base;
    }

    /** Where this leg leads. */
    Currency to() {
        return inverted ? base : quote;
    }

    /** The same quote, gone the other way. */
    RateLeg inverse() {
        return new RateLeg(snapshotId, source, base, quote, value, !inverted);
    }
}
