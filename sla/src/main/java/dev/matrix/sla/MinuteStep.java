package dev.matrix.sla;

import dev.matrix.core.spi.Step;
import java.time.Instant;

/** Begins each minute on this node, whether or not the store can be reached. */
record MinuteStep(Counting counting, Runnable begun) implements Step {

    static final String NAME = "sla.minute";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean local() {
        return true;
    }

    @Override
    public Instant run(Instant now) {
        counting.advance(now);
        begun.run();
        return Counting.nextMinute(now);
    }
}
