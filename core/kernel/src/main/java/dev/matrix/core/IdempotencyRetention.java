package dev.matrix.core;

import dev.matrix.core.spi.IdempotencyStore;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import java.time.Duration;
import java.time.Instant;

/** Deletes replies that have expired, a bounded piece per transaction. */
final class IdempotencyRetention implements Step {

    private static final Duration PAUSE = Duration.ofHours(1);
    private static final int BATCH = 1_000;

    private final IdempotencyStore store;
    private final Transactions transactions;

    IdempotencyRetention(Stores stores) {
        this.store = stores.get(IdempotencyStore.class);
        this.transactions = stores.transactions();
    }

    @Override
    public String name() {
        return "idempotency.retention";
    }

    @Override
    public Instant run(Instant now) {
        int purged = transactions.returning(tx -> store.purge(tx, now, BATCH));
        return purged == BATCH ? now : now.plus(PAUSE);
    }
}
