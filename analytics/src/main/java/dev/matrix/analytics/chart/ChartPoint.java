package dev.matrix.analytics.chart;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One point of a series.
 *
 * @param label what it stands at, such as {@code 2026-11}
 * @param value null leaves a gap
 * @param partial whether the bucket has not ended
 * @param lower the lower bound of a band; null: there is none
 * @param upper the upper bound of a band; null: there is none
 */
public record ChartPoint(
        String label,
        @Nullable BigDecimal value,
        boolean partial,
        @Nullable BigDecimal lower,
        @Nullable BigDecimal upper) {

    /** A point without a band. */
    public static ChartPoint of(String label, @Nullable BigDecimal value, boolean partial) {
        return new ChartPoint(label, value, partial, null, null);
    }
}
