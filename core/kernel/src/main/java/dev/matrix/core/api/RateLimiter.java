package dev.matrix.core.api;

import java.time.Instant;

/** Token buckets by policy and key. Called by any number of threads. */
@FunctionalInterface
public interface RateLimiter {

    /**
     * Takes that many units if there are as many, else none.
     *
     * @param key the principal's id or the address
     * @param units 0: takes nothing, and admits as a call for one unit would be
     * @param now a clock that steps back refills nothing
     */
    RateVerdict acquire(RatePolicy policy, String key, int units, Instant now);

    /** Admits everything and says that every bucket is full: the default, said at INFO when a dispatcher is built. */
    static RateLimiter unlimited() {
        return UnlimitedRate.LIMITER;
    }
}
