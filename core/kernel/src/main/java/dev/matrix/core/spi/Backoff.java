package dev.matrix.core.spi;

import dev.matrix.core.InvalidRequestException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses after failures in a row: each is the one before times a factor, up to a longest one. Immutable.
 *
 * @param first the pause after the first failure: more than zero, so that no loop runs hot
 * @param factor 1 or more
 * @param longest not below {@code first}, at most 365 days
 * @param jitter the share by which chance changes a pause either way, 0 to 0.5
 */
public record Backoff(Duration first, double factor, Duration longest, double jitter) {

    private static final Duration MOST = Duration.ofDays(365);
    private static final double WIDEST_JITTER = 0.5;

    public Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0 || longest.compareTo(MOST) > 0) {
            throw new InvalidRequestException(
                    "Pauses run from a first one above 0 up to a longest one, which isn't below"
                            + " the first and is at most 365 days; " + first + " to " + longest + " does not.");
        }
        if (!(factor >= 1 && factor < Double.POSITIVE_INFINITY)) {
            throw new InvalidRequestException("Pauses grow by a factor of 1 or more; " + factor + " is not one.");
        }
        if (!(jitter >= 0 && jitter <= WIDEST_JITTER)) {
            throw new InvalidRequestException(
                    "A jitter is a share from 0 to " + WIDEST_JITTER + "; " + jitter + " is not.");
        }
    }

    /** Pauses that double, without jitter. */
    public static Backoff doubling(Duration first, Duration longest) {
        return new Backoff(first, 2, longest, 0);
    }

    /** These pauses with another jitter. */
    public Backoff withJitter(double share) {
        return new Backoff(first, factor, longest, share);
    }

    /**
     * The pause without jitter.
     *
     * @param failures how many there were in a row; less than 1 counts as 1
     */
    public Duration after(int failures) {
        double nanos = first.toNanos() * Math.pow(factor, Math.max(failures, 1) - 1.0);
        return nanos < longest.toNanos() ? Duration.ofNanos(Math.round(nanos)) : longest;
    }

    /**
     * The pause with jitter.
     *
     * @param failures how many there were in a row; less than 1 counts as 1
     */
    public Duration after(int failures, RandomGenerator random) {
        return around(after(failures), jitter, random);
    }

    /**
     * Spreads a pause by chance, so that what failed together doesn't come back together: uniform within {@code share} of it,
     * either way.
     *
     * @param pause 0 to 365 days
     * @param share 0 to 1
     */
    public static Duration around(Duration pause, double share, RandomGenerator random) {
        return pause.plusNanos(Math.round(pause.toNanos() * share * (2 * random.nextDouble() - 1)));
    }

    /**
     * Lengthens a pause that somebody asked for by chance: uniform from it to {@code share} above it.
     *
     * @param pause 0 to 365 days
     * @param share 0 to 1
     */
    public static Duration above(Duration pause, double share, RandomGenerator random) {
        return pause.plusNanos(Math.round(pause.toNanos() * share * random.nextDouble()));
    }
}
