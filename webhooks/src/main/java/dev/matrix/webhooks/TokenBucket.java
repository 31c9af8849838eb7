package dev.matrix.webhooks;

import java.time.Duration;
import java.time.Instant;

/**
 * Keeps an endpoint's {@link RateLimit}. It begins empty, so whatever the endpoint's former holder sent just
 * before, any t seconds hold at most rate × t + burst requests. Not thread-safe: its endpoint's holder alone uses it.
 */
final class TokenBucket {

    /** Credit is counted in billionths of a token: whole numbers at every rate, so nothing is ever rounded away. */
    private static final long TOKEN = 1_000_000_000L;

    private final int perSecond;
    private final long full;
    private final Duration fillTime;

    private long credit;
    private Instant asOf;

    private TokenBucket(RateLimit limit, Instant now) {
        this.perSecond = limit.perSecond();
        this.full = limit.burst() * TOKEN;
        this.fillTime = Duration.ofNanos(ceilDiv(full, perSecond));
        this.asOf = now;
    }

    /** An empty bucket. */
    static TokenBucket empty(RateLimit limit, Instant now) {
        return new TokenBucket(limit, now);
    }

    /** Takes a token, if one is there. */
    boolean tryTake(Instant now) {
        refill(now);
        if (credit < TOKEN) {
            return false;
        }
        credit -= TOKEN;
        return true;
    }

    /** When a token is there: the first instant at which {@link #tryTake} succeeds, at the earliest now. */
    Instant nextAt(Instant now) {
        refill(now);
        long missing = Math.max(0, TOKEN - credit);
        return asOf.plusNanos(ceilDiv(missing, perSecond));
    }

    private void refill(Instant now) {
        if (!now.isAfter(asOf)) {
            return;
        }
        Duration passed = Duration.between(asOf, now);
        credit = passed.compareTo(fillTime) >= 0 ? full : Math.min(full, credit + passed.toNanos() * perSecond);
        asOf = now;
    }

    private static long ceilDiv(long amount, int by) {
        return -Math.floorDiv(-amount, by);
    }
}
