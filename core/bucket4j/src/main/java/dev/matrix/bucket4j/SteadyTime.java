package dev.matrix.bucket4j;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time that has passed as callers saw it: it only ever grows. A clock that is set back refills nothing and doesn't
 * stop the refilling either; threads that come in the wrong order by less than a second are no such clock.
 */
final class SteadyTime implements TimeMeter {

    private static final Duration DISORDER = Duration.ofSeconds(1);

    private @Nullable Instant latest;
    private long elapsed;

    synchronized void advanceTo(Instant now) {
        Instant former = latest;
        if (former == null || now.isBefore(former.minus(DISORDER))) {
            latest = now;
        } else if (now.isAfter(former)) {
            elapsed += Duration.between(former, now).toNanos();
            latest = now;
        }
    }

    @Override
    public synchronized long currentTimeNanos() {
        return elapsed;
    }

    /** Nobody else shares it. */
    @Override
    public boolean isWallClockBased() {
        return false;
    }
}
