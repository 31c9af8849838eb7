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
 */
public record Point(
        Instant from, Instant to, String label, @Nullable BigDecimal value, BucketState state) {}
