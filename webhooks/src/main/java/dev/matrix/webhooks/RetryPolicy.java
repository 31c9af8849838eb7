package dev.matrix.webhooks;

import dev.matrix.core.InvalidRequestException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When a delivery is tried again: one attempt at once, then one after each delay. Immutable.
 *
 * @param delays pauses between attempts, each at least zero, at most 99
 * @param jitter share by which a pause varies either way, 0 to 0.5
 * @param deferralLimit how long, from the first request, throttled requests don't count
 */
public record RetryPolicy(List<Duration> delays, double jitter, Duration deferralLimit) {

    private static final int MOST_DELAYS = 99;
    private static final double WIDEST_JITTER = 0.5;
    private static final double STANDARD_JITTER = 0.2;
    private static final Duration STANDARD_DEFERRAL = Duration.ofDays(3);
    private static final RetryPolicy STANDARD = new RetryPolicy(
            List.of(
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(5),
                    Duration.ofHours(10),
                    Duration.ofHours(14),
                    Duration.ofHours(20),
                    Duration.ofDays(1)),
            STANDARD_JITTER,
            STANDARD_DEFERRAL);

    public RetryPolicy {
        delays = List.copyOf(delays);
        if (delays.size() > MOST_DELAYS || delays.stream().anyMatch(Duration::isNegative)) {
            throw new InvalidRequestException(
                    "A retry policy has at most " + MOST_DELAYS + " delays, none negative; these are " + delays + ".");
        }
        if (!(jitter >= 0 && jitter <= WIDEST_JITTER)) {
            throw new InvalidRequestException(
                    "A jitter is a share from 0 to " + WIDEST_JITTER + "; " + jitter + " is not.");
        }
        if (deferralLimit.isNegative()) {
            throw new InvalidRequestException("A deferral limit is not negative; " + deferralLimit + " is.");
        }
    }

    /** 10 attempts: at once, then after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h; ± 20 %; 72 h of deferral. */
    public static RetryPolicy standard() {
        return STANDARD;
    }

    /** Pauses that grow by a factor from a first one up to a longest one; ± 20 %; 72 h of deferral. */
    public static RetryPolicy exponential(Duration first, double factor, Duration max, int attempts) {
        if (attempts < 1 || attempts > MOST_DELAYS + 1 || !(factor >= 1) || max.compareTo(first) < 0) {
            throw new InvalidRequestException("An exponential policy has 1 to " + (MOST_DELAYS + 1)
                    + " attempts, a factor of 1 or more, and a longest pause not below the first.");
        }
        List<Duration> delays = new ArrayList<>();
        double nanos = (double) first.toNanos();
        for (int i = 1; i < attempts; i++) {
            delays.add(Duration.ofNanos((long) Math.min(nanos, (double) max.toNanos())));
            nanos *= factor;
        }
        return new RetryPolicy(delays, STANDARD_JITTER, STANDARD_DEFERRAL);
    }

    /** This policy with another jitter; 0 for none. */
    public RetryPolicy withJitter(double share) {
        return new RetryPolicy(delays, share, deferralLimit);
    }

    /** How many attempts there are in all. */
    public int attempts() {
        return delays.size() + 1;
    }

    /** From the first attempt to the last, without jitter. */
    public Duration span() {
        return delays.stream().reduce(Duration.ZERO, Duration::plus);
    }
}
