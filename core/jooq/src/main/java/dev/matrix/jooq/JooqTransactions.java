package dev.matrix.jooq;

import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
        Call<R> call = new Call<>(work);
        boolean committed;
        inside.set(true);
        try {
            committed = source.inTransaction(call);
        } finally {
            inside.remove();
        }
        if (committed) {
            runCommitted(call.certain());
        } else if (!call.inDoubt().isEmpty()) {
            source.afterCommit(() -> runCommitted(call.inDoubt()));
        }
        return call.results.get(call.results.size() - 1);
    }

    /** One run of some work; what counts is what the source's last call of it gave. */
    private final class Call<R extends @Nullable Object> implements Consumer<Connection> {

        private final Function<Tx, R> work;
        private final List<R> results = new ArrayList<>(1);
        private @Nullable CommitActions actions;

        Call(Function<Tx, R> work) {
            this.work = work;
        }

        @Override
        public void accept(Connection connection) {
            JooqTx tx = new JooqTx(connection, database, Thread.currentThread());
            actions = tx.actions();
            try {
                R result = work.apply(tx);
                actions.settle();
                results.add(result);
            } finally {
                tx.end();
            }
        }

        List<Runnable> certain() {
            return actions == null ? List.of() : actions.certain();
        }

        List<Runnable> inDoubt() {
            return actions == null ? List.of() : actions.inDoubt();
        }
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
