package dev.matrix.security;

import dev.matrix.core.spi.StoreClock;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stores on a node that is paused before the transaction in which it checks its lease. */
final class PausedTransactions implements Stores {

    private final Stores real;
    private @Nullable Runnable meanwhile;

    PausedTransactions(Stores real) {
        this.real = real;
    }

    void beforeNext(Runnable work) {
        meanwhile = work;
    }

    @Override
    public <S> S get(Class<S> type) {
        return real.get(type);
    }

    @Override
    public <S> Stores with(Class<S> type, S store) {
        return real.with(type, store);
    }

    @Override
    public Transactions transactions() {
        return new Transactions() {
            @Override
            public <R extends @Nullable Object> R returning(Function<Tx, R> work) {
                Runnable pause = meanwhile;
                if (pause != null && isSequencing()) {
                    meanwhile = null;
                    pause.run();
                }
                return real.transactions().returning(work);
            }
        };
    }

    /** The lease of the paused node is judged just before; what comes then is the batch. */
    private static boolean isSequencing() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(AuditSequencer.class.getName())));
    }

    @Override
    public StoreClock clock(InstantSource node) {
        return real.clock(node);
    }

    @Override
    public boolean persistent() {
        return real.persistent();
    }
}
