package dev.matrix.analytics.chart;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One point of a line.
 *
 * @param label what it stands at, such as {@code 2026-11}
 * @param value null leaves a gap
 * @param partial whether the bucket has not ended
 */
public record ChartPoint(String label, @Nullable BigDecimal value, boolean partial) {}
