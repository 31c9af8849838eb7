package dev.matrix.jooq;

import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Transactions on the connections of a source. */
final class JooqTransactions implements Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(JooqTransactions.class);

    private final ConnectionSource source;
    private final Database database;
    private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);

    JooqTransactions(ConnectionSource source, Database database) {
        this.source = source;
        this.database = database;
    }

    @Override
    public <R extends @Nullable Object> R returning(Function<Tx, R> work) {
        if (inside.get()) {
            throw new IllegalStateException("A transaction is open on this thread. Pass its Tx on instead of opening"
                    + " a second one inside it.");
        }
        AtomicReference<R> result = new AtomicReference<>();
        AtomicReference<List<Runnable>> afterCommit = new AtomicReference<>(List.of());
        boolean committed;
        inside.set(true);
        try {
            committed = source.inTransaction(connection -> {
                JooqTx tx = new JooqTx(connection, database);
                try {
                    result.set(work.apply(tx));
                } finally {
                    afterCommit.set(tx.end());
                }
            });
        } finally {
            inside.remove();
        }
        if (committed) {
            runCommitted(afterCommit.get());
        }
        return result.get();
    }

    static void runCommitted(List<Runnable> actions) {
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.warn("An action after a commit failed; the commit stands.", e);
            }
        }
    }
}
