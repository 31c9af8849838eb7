package dev.matrix.analytics;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One bucket of a series.
 *
 * @param from its first instant
 * @param to the first instant after it
 * @param label its name in the report's zone, such as {@code 2026-11}
 * @param value null where there is none, such as a ratio without a denominator
 * @param state whether it may still change
 * @param compared the value of the bucket that it is compared with, cut to the same share of its length while this one is open; null
 *     unless the query asks for a comparison
 * @param projected what an open bucket is expected to come to; null unless the query asks for it, and where too little is known
 */
public record Point(
        Instant from,
        Instant to,
        String label,
        @Nullable BigDecimal value,
        BucketState state,
        @Nullable BigDecimal compared,
        @Nullable Projection projected) {

    /**
     * What a bucket is expected to come to.
     *
     * @param lower of an interval of 80 %
     * @param upper of an interval of 80 %
     */
    public record Projection(BigDecimal value, BigDecimal lower, BigDecimal upper) {}

    /** A point that is neither compared nor projected. */
    static Point of(Bucket bucket, @Nullable BigDecimal value, BucketState state) {
        return new Point(bucket.from(), bucket.to(), bucket.label(), value, state, null, null);
    }

    Point with(@Nullable BigDecimal earlier) {
        return new Point(from, to, label, value, state, earlier, projected);
    }

    Point with(@Nullable Projection expected) {
        return new Point(from, to, label, value, state, compared, expected);
    }
}
