package dev.matrix.core.api;

import java.time.Duration;
import java.time.Instant;

/** Every bucket is full, always. */
enum UnlimitedRate implements RateLimiter {
    LIMITER;

    @Override
    public RateVerdict acquire(RatePolicy policy, String key, int units, Instant now) {
        return new RateVerdict(true, policy.quota(), Duration.ZERO);
    }
}
