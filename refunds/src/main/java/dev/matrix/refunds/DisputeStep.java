package dev.matrix.refunds;

import dev.matrix.core.spi.Step;
import java.time.Duration;
import java.time.Instant;

/** Fetches the due disputes of one provider, one after the other, and reminds of deadlines. */
record DisputeStep(String provider, DisputeAnswers answers) implements Step {

    private static final Duration POLL = Duration.ofSeconds(30);

    /** The name of a provider's own step: step names have no underscores, and provider names no dots. */
    static String name(String kind, String provider) {
        return "refunds." + kind + "." + provider.replace('_', '.');
    }

    @Override
    public String name() {
        return name("disputes", provider);
    }

    @Override
    public Instant run(Instant now) {
        return answers.work(provider, now) ? now : now.plus(POLL);
    }
}
