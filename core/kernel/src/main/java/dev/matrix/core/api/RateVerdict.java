package dev.matrix.core.api;

import java.time.Duration;

/**
 * What a {@link RateLimiter} says.
 *
 * @param admitted whether a unit was taken
 * @param remaining whole units left
 * @param untilNext until the bucket is full again; with none remaining: until the next unit; refused: until there are enough
 */
public record RateVerdict(boolean admitted, long remaining, Duration untilNext) {}
