package dev.matrix.core;

import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.StoreClock;
import java.time.Duration;
import java.time.Instant;

/** Keeps store time: it asks the store each 30 s, and each second while store time is untrusted. */
record ClockStep(StoreClock clock) implements Step {

    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration UNTRUSTED = Duration.ofSeconds(1);

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public boolean local() {
        return true;
    }

    /** By the time after the answer, as that may have moved store time. */
    @Override
    public Instant run(Instant now) {
        clock.refresh();
        return clock.instant().plus(clock.isTrusted() ? PAUSE : UNTRUSTED);
    }
}
