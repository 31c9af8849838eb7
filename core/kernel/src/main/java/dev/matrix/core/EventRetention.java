package dev.matrix.core;

import dev.matrix.core.event.spi.EventStore;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import java.time.Duration;
import java.time.Instant;

/** Deletes events past their retention, a bounded piece per transaction. */
final class EventRetention implements Step {

    private static final Duration PAUSE = Duration.ofHours(1);
    private static final int BATCH = 1_000;

    private final EventStore events;
    private final Transactions transactions;
    private final Duration retention;

    EventRetention(Stores stores, Duration retention) {
        this.events = stores.get(EventStore.class);
        this.transactions = stores.transactions();
        this.retention = retention;
    }

    @Override
    public String name() {
        return "events.retention";
    }

    @Override
    public Instant run(Instant now) {
        int purged = transactions.returning(tx -> events.purge(tx, now.minus(retention), BATCH));
        return purged == BATCH ? now : now.plus(PAUSE);
    }
}
