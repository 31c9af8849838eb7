package dev.matrix.core.api;

import java.time.Instant;

/** Token buckets by policy and key. Called by any number of threads. */
@FunctionalInterface
public interface RateLimiter {

    /**
     * Takes one unit if there is one.
     *
     * @param key the principal's id or the address
     * @param now a clock that steps back refills nothing
     */
    RateVerdict acquire(RatePolicy policy, String key, Instant now);

    /** Admits everything and says that every bucket is full: the default, said at INFO when a dispatcher is built. */
    static RateLimiter unlimited() {
        return UnlimitedRate.LIMITER;
    }
}
