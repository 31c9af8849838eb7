package dev.matrix.bucket4j;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.matrix.core.api.RateLimiter;
import dev.matrix.core.api.RatePolicy;
import dev.matrix.core.api.RateVerdict;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import java.time.Duration;
import java.time.Instant;

/**
 * Token buckets in this process: quotas hold on each node by itself. It keeps the {@value #MOST_BUCKETS} buckets that are
 * used most; a caller whose bucket was dropped begins with a full one. Time is what callers hand in. Thread-safe, and no
 * call waits for another's bucket.
 */
public final class BucketRateLimiter implements RateLimiter {

    private static final int MOST_BUCKETS = 100_000;

    private record Key(RatePolicy policy, String key) {}

    private final SteadyTime time = new SteadyTime();
    // Evicts on the caller's thread, so that a flood of keys never runs ahead of the bound.
    private final Cache<Key, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST_BUCKETS)
            .executor(Runnable::run)
            .build();

    private BucketRateLimiter() {}

    /** A limiter whose buckets are all full. */
    public static BucketRateLimiter create() {
        return new BucketRateLimiter();
    }

    @Override
    public RateVerdict acquire(RatePolicy policy, String key, int units, Instant now) {
        time.advanceTo(now);
        Bucket bucket = requireNonNull(buckets.get(new Key(policy, key), this::full), "a bucket");
        if (units == 0) {
            EstimationProbe probe = bucket.estimateAbilityToConsume(1);
            return new RateVerdict(
                    probe.canBeConsumed(),
                    probe.getRemainingTokens(),
                    Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(units);
        long nanos = probe.isConsumed() && probe.getRemainingTokens() > 0
                ? probe.getNanosToWaitForReset()
                : bucket.estimateAbilityToConsume(probe.isConsumed() ? 1 : units)
                        .getNanosToWaitForRefill();
        return new RateVerdict(probe.isConsumed(), probe.getRemainingTokens(), Duration.ofNanos(nanos));
    }

    private Bucket full(Key key) {
        int quota = key.policy().quota();
        return Bucket.builder()
                .addLimit(limit ->
                        limit.capacity(quota).refillGreedy(quota, key.policy().window()))
                .withCustomTimePrecision(time)
                .build();
    }

    /** How many buckets it keeps. */
    long size() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }
}
