package dev.matrix.webhooks;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Spreads pauses by chance, so that what failed together doesn't come back together. */
final class Jitter {

    private Jitter() {}

    /** Uniform within {@code share} of a pause, either way. */
    static Duration around(Duration pause, double share, RandomGenerator random) {
        return pause.plusNanos(Math.round(pause.toNanos() * share * (2 * random.nextDouble() - 1)));
    }

    /** Uniform from a pause to {@code share} above it: for pauses that somebody asked for. */
    static Duration above(Duration pause, double share, RandomGenerator random) {
        return pause.plusNanos(Math.round(pause.toNanos() * share * random.nextDouble()));
    }
}
