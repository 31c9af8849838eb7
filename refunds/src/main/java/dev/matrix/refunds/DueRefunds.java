package dev.matrix.refunds;

import dev.matrix.core.spi.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Starts refunds whose time has come, and cancels those that nobody approved in time. */
record DueRefunds(RefundStores stores, Approvals approvals) implements Step {

    private static final int BATCH = 100;
    private static final Duration POLL = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "refunds.due";
    }

    @Override
    public Instant run(Instant now) {
        List<String> due =
                stores.transactions().returning(tx -> stores.refunds().due(tx, now, BATCH));
        RuntimeException failed = null;
        for (String id : due) {
            try {
                stores.transactions().inTransaction(tx -> approvals.onDue(tx, id));
            } catch (RuntimeException e) {
                // One that fails holds up no other; the step is tried again.
                failed = e;
            }
        }
        if (failed != null) {
            throw failed;
        }
        return due.size() == BATCH ? now : now.plus(POLL);
    }
}
