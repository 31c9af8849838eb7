package dev.matrix.money;

import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Transactions;
import java.time.Duration;
import java.time.Instant;

/** Reads what other nodes have accepted, within 15 s. */
record Following(RateMemory memory, Transactions transactions) implements Step {

    private static final Duration EVERY = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "fx.follow";
    }

    @Override
    public Instant run(Instant now) {
        memory.follow(Reader.own(transactions));
        return now.plus(EVERY);
    }
}
