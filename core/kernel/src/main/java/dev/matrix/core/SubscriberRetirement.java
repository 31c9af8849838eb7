package dev.matrix.core;

import dev.matrix.core.event.spi.DispatchStore;
import dev.matrix.core.event.spi.SubscriberStore;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Deletes what is queued for retired subscribers, a bounded piece per transaction. Publishers that haven't read of it, or whose
 * transactions are still open, go on queueing for a while, so a name is forgotten only when none can any more.
 */
final class SubscriberRetirement implements Step {

    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_QUEUEING = Duration.ofMinutes(10);
    private static final int BATCH = 1_000;

    private final SubscriberStore subscribers;
    private final DispatchStore dispatch;
    private final Transactions transactions;

    SubscriberRetirement(Stores stores) {
        this.subscribers = stores.get(SubscriberStore.class);
        this.dispatch = stores.get(DispatchStore.class);
        this.transactions = stores.transactions();
    }

    @Override
    public String name() {
        return "events.retirement";
    }

    @Override
    public Instant run(Instant now) {
        return transactions.returning(tx -> clear(tx, now)) ? now : now.plus(PAUSE);
    }

    /** Whether there may be more. */
    private boolean clear(Tx tx, Instant now) {
        boolean more = false;
        for (Map.Entry<String, Instant> retired : subscribers.retired(tx).entrySet()) {
            boolean full = dispatch.drop(tx, retired.getKey(), BATCH) == BATCH;
            if (!full && !now.isBefore(retired.getValue().plus(LONGEST_QUEUEING))) {
                subscribers.forget(tx, retired.getKey());
            }
            more |= full;
        }
        return more;
    }
}
