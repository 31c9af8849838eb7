package dev.matrix.security;

import dev.matrix.core.spi.Step;
import java.time.Duration;
import java.time.Instant;

/** Finds each second which scopes have changed, on whatever node. */
record EpochPoll(ScopeCache scopes) implements Step {

    static final String NAME = "security.epochs";

    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Instant run(Instant now) {
        scopes.poll(now);
        return now.plus(PAUSE);
    }
}
