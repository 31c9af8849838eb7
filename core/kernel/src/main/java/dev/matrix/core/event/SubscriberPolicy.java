package dev.matrix.core.event;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.spi.Backoff;
import java.time.Duration;

/**
 * How a queued subscriber is served. Immutable.
 *
 * @param batch at most how many events a claim takes, 1 to 1,000; default 256
 * @param lease how long a claim lasts, at least 1 s; default 60 s. Make it twice as long as handling one event may take:
 *     within a claim an event is begun in the first half only, and one that outlasts the lease is handled again elsewhere
 * @param attempts how often an event is claimed before it is FAILED, at least 1; default 12
 * @param backoff the pauses after an event's failures; default 1 s, doubling to 10 min, ± 20 %
 */
public record SubscriberPolicy(int batch, Duration lease, int attempts, Backoff backoff) {

    private static final int LARGEST_BATCH = 1_000;
    private static final SubscriberPolicy DEFAULTS = new SubscriberPolicy(
            256,
            Duration.ofSeconds(60),
            12,
            Backoff.doubling(Duration.ofSeconds(1), Duration.ofMinutes(10)).withJitter(0.2));

    public SubscriberPolicy {
        if (batch < 1 || batch > LARGEST_BATCH) {
            throw new InvalidRequestException("A batch holds 1 to " + LARGEST_BATCH + " events; " + batch + " is not.");
        }
        if (lease.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new InvalidRequestException("A lease lasts 1 s or more; " + lease + " is shorter.");
        }
        if (attempts < 1) {
            throw new InvalidRequestException("At least 1 attempt is needed; " + attempts + " was given.");
        }
        requireNonNull(backoff, "backoff");
    }

    /** 256 per batch, 60 s lease, 12 attempts, 1 s doubling to 10 min, ± 20 %. */
    public static SubscriberPolicy defaults() {
        return DEFAULTS;
    }

    /** These settings with another batch size. */
    public SubscriberPolicy withBatch(int size) {
        return new SubscriberPolicy(size, lease, attempts, backoff);
    }

    /** These settings with another number of attempts. */
    public SubscriberPolicy withAttempts(int number) {
        return new SubscriberPolicy(batch, lease, number, backoff);
    }

    /** These settings with another lease. */
    public SubscriberPolicy withLease(Duration duration) {
        return new SubscriberPolicy(batch, duration, attempts, backoff);
    }

    /** These settings with other pauses. */
    public SubscriberPolicy withBackoff(Backoff pauses) {
        return new SubscriberPolicy(batch, lease, attempts, pauses);
    }
}
