package dev.matrix.examples.platform;

import dev.matrix.core.spi.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A step that does nothing but run: while it does, background work goes on. */
final class Heartbeat implements Step {

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration ALIVE_FOR = Duration.ofSeconds(30);

    private volatile Instant latest = Instant.MIN;

    @Override
    public String name() {
        return "platform.heartbeat";
    }

    @Override
    public Instant run(Instant now) {
        latest = now;
        return now.plus(EVERY);
    }

    boolean beats(InstantSource storeClock) {
        return latest.isAfter(storeClock.instant().minus(ALIVE_FOR));
    }
}
