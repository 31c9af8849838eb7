package dev.matrix.tax.id;

import dev.matrix.core.spi.Backoff;
import java.time.Duration;
import java.time.Instant;

/**
 * Spares a register: at most four calls at once, and none for a while once five in a row came back without an answer,
 * 60 s first, doubling to 15 min with each further one, until one is answered. Thread-safe; a node's own.
 */
final class Gate {

    private static final int CALLS_AT_ONCE = 4;
    private static final int FAILURES_BEFORE_PAUSE = 5;
    private static final Backoff PAUSES = Backoff.doubling(Duration.ofSeconds(60), Duration.ofMinutes(15));

    private int calls;
    private int failures;
    private int closings;
    private Instant opensAt = Instant.MIN;

    /** When calls are next let through. */
    synchronized Instant opensAt() {
        return opensAt;
    }

    /** Whether a call may begin; each that does ends by {@link #leave}. */
    synchronized boolean enter(Instant now) {
        if (calls == CALLS_AT_ONCE || now.isBefore(opensAt)) {
            return false;
        }
        calls++;
        return true;
    }

    /** Ends a call; true when it made the gate close. */
    synchronized boolean leave(boolean answered, Instant now) {
        calls--;
        if (answered) {
            failures = 0;
            closings = 0;
            return false;
        }
        failures++;
        if (failures < FAILURES_BEFORE_PAUSE || now.isBefore(opensAt)) {
            return false;
        }
        closings++;
        opensAt = now.plus(PAUSES.after(closings));
        return true;
    }
}
