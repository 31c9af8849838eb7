package dev.matrix.webhooks;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.spi.Backoff;
import dev.matrix.core.wire.Size;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * When a delivery is tried again: one attempt at once, then one after each delay. Immutable.
 *
 * @param delays pauses between attempts, each 0 to 365 days, at most 1,000
 * @param jitter share by which a pause varies either way, 0 to 0.5
 * @param deferralLimit how long, from the first request, throttled requests don't count, at most 365 days; 0: they always
 *     do
 */
public record RetryPolicy(@Size(max = 1_000) List<Duration> delays, double jitter, Duration deferralLimit) {

    private static final int MOST_DELAYS = 1_000;
    private static final Duration LONGEST_DELAY = Duration.ofDays(365);
    private static final Duration SHORTEST_ASKED = Duration.ofSeconds(5);
    private static final Duration LONGEST_ASKED = Duration.ofHours(1);
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
        if (delays.size() > MOST_DELAYS) {
            throw new InvalidRequestException(
                    "A retry policy has at most " + MOST_DELAYS + " delays; these are " + delays.size() + ".");
        }
        for (Duration delay : delays) {
            if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
                throw new InvalidRequestException("A retry's delay is 0 to 365 days; " + delay + " is not.");
            }
        }
        if (!(jitter >= 0 && jitter <= WIDEST_JITTER)) {
            throw new InvalidRequestException(
                    "A jitter is a share from 0 to " + WIDEST_JITTER + "; " + jitter + " is not.");
        }
        if (deferralLimit.isNegative() || deferralLimit.compareTo(LONGEST_DELAY) > 0) {
            throw new InvalidRequestException("A deferral limit is 0 to 365 days; " + deferralLimit + " is not.");
        }
    }

    /** 10 attempts: at once, then after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h; ± 20 %; 72 h of deferral. */
    public static RetryPolicy standard() {
        return STANDARD;
    }

    /**
     * Pauses that grow by a factor, from a first one up to a longest one, where they stay; ± 20 %; 72 h of deferral.
     *
     * @param first 0 or more
     * @param factor 1 or more
     * @param max not below {@code first}, at most 365 days
     * @param attempts requests in all, the one at once included: 1 to 1,001
     */
    public static RetryPolicy exponential(Duration first, double factor, Duration max, int attempts) {
        if (attempts < 1
                || attempts > MOST_DELAYS + 1
                || !(factor >= 1 && factor < Double.POSITIVE_INFINITY)
                || first.isNegative()
                || max.compareTo(first) < 0
                || max.compareTo(LONGEST_DELAY) > 0) {
            throw new InvalidRequestException("An exponential policy has 1 to " + (MOST_DELAYS + 1)
                    + " attempts, a factor of 1 or more, and pauses from 0 to 365 days, the longest not below the"
                    + " first; " + attempts + " attempts × " + factor + " from " + first + " to " + max
                    + " is not one.");
        }
        return new RetryPolicy(delays(first, factor, max, attempts - 1), STANDARD_JITTER, STANDARD_DEFERRAL);
    }

    private static List<Duration> delays(Duration first, double factor, Duration max, int count) {
        if (first.isZero()) {
            return Collections.nCopies(count, first);
        }
        Backoff backoff = new Backoff(first, factor, max, 0);
        return IntStream.rangeClosed(1, count).mapToObj(backoff::after).toList();
    }

    /** One attempt, whatever its outcome. */
    static RetryPolicy once() {
        return new RetryPolicy(List.of(), 0, Duration.ZERO);
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

    /** How long an event must be kept for this policy: its span, and the deferral before it. */
    Duration reach() {
        return span().plus(deferralLimit);
    }

    /**
     * The pause before the next attempt, jittered.
     *
     * @param least the pause is this or longer; where this decides, the jitter only lengthens it
     * @param counted attempts that had counted before the one that just ended
     */
    Duration pause(Duration least, int counted, RandomGenerator random) {
        Duration pause = Backoff.around(delay(counted), jitter, random);
        return pause.compareTo(least) < 0 ? Backoff.above(least, jitter, random) : pause;
    }

    /**
     * The pause where the receiver asked for one: within [delay, max(2 × delay, 1 h)], then lengthened by the jitter. A delay
     * below 5 s counts as 5 s here: as such requests don't advance the schedule, a receiver that asks for no pause would else
     * be sent the same delivery without end.
     */
    Duration pauseAsked(Duration asked, int counted, RandomGenerator random) {
        Duration least = longer(delay(counted), SHORTEST_ASKED);
        Duration most = longer(least.multipliedBy(2), LONGEST_ASKED);
        Duration pause = longer(least, asked);
        return Backoff.above(pause.compareTo(most) > 0 ? most : pause, jitter, random);
    }

    /** Throttled requests don't advance the schedule, so they may want a delay after its last: that one again. */
    private Duration delay(int counted) {
        return delays.isEmpty() ? Duration.ZERO : delays.get(Math.min(counted, delays.size() - 1));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? b : a;
    }
}
