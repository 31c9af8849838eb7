package dev.matrix.core.money;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;

/**
 * How to convert: which rate, which side of it, how to round. Starts as {@link #latest()} or another point and is narrowed by
 * the withers.
 *
 * @param point which observation; the newest by default
 * @param side which price; MID by default
 * @param rounding how the result is rounded to the target's decimals; HALF_UP by default
 * @param stale what to do with a rate past its age; REFUSE by default
 * @param markupPercent m makes the rate {@code rate × (1 − m/100)}; below 100, a negative one is in the customer's favour; 0 by
 *     default
 */
public record RateQuery(
        RatePoint point, RateSide side, RoundingMode rounding, StalePolicy stale, BigDecimal markupPercent) {

    private static final RateQuery LATEST = from(new RatePoint.Latest());

    public RateQuery {
        requireNonNull(point, "point");
        requireNonNull(side, "side");
        requireNonNull(rounding, "rounding");
        requireNonNull(stale, "stale");
        AppliedRate.checkMarkup(markupPercent);
    }

    /** The newest rate: MID, HALF_UP, REFUSE, without markup. */
    public static RateQuery latest() {
        return LATEST;
    }

    /** The rate of a day, else as {@link #latest()}. */
    public static RateQuery on(LocalDate day) {
        return from(new RatePoint.OnDate(day));
    }

    /** The rate as it was known at an instant, else as {@link #latest()}. */
    public static RateQuery at(Instant asKnownAt) {
        return from(new RatePoint.At(asKnownAt));
    }

    /** The rate of one stored snapshot, else as {@link #latest()}. */
    public static RateQuery snapshot(String id) {
        return from(new RatePoint.Snapshot(id));
    }

    private static RateQuery from(RatePoint point) {
        return new RateQuery(point, RateSide.MID, RoundingMode.HALF_UP, StalePolicy.REFUSE, BigDecimal.ZERO);
    }

    public RateQuery withSide(RateSide side) {
        return new RateQuery(point, side, rounding, stale, markupPercent);
    }

    public RateQuery withRounding(RoundingMode rounding) {
        return new RateQuery(point, side, rounding, stale, markupPercent);
    }

    public RateQuery withStale(StalePolicy stale) {
        return new RateQuery(point, side, rounding, stale, markupPercent);
    }

    /**
     * With this markup.
     *
     * @throws InvalidRequestException if it is 100 % or more
     */
    public RateQuery withMarkup(BigDecimal percent) {
        return new RateQuery(point, side, rounding, stale, percent);
    }
}
