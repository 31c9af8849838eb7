package dev.matrix.core.spi;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long a step pauses between two polls of what other nodes write: a twentieth of the time for which nothing has come, so
 * that a poll makes nothing later than 5 % of the quiet before it, and an idle node costs the database next to nothing. At
 * least 50 ms, at most 500 ms: under load each poll comes after 50 ms, and after 10 s of quiet after 500 ms. Thread-safe.
 */
public final class Polling {

    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofMillis(500);
    private static final int SHARE = 20;

    private volatile @Nullable Instant found;

    /** A poll has found something, or its step was told to hurry. */
    public void found(Instant now) {
        found = now;
    }

    /** The pause after a poll that has found nothing. */
    public Duration pause(Instant now) {
        Instant last = found;
        if (last == null || now.isBefore(last)) {
            found = now;
            return SHORTEST;
        }
        Duration pause = Duration.between(last, now).dividedBy(SHARE);
        if (pause.compareTo(LONGEST) > 0) {
            return LONGEST;
        }
        return pause.compareTo(SHORTEST) > 0 ? pause : SHORTEST;
    }
}
