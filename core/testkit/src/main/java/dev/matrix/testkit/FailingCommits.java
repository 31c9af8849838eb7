package dev.matrix.testkit;

import dev.matrix.core.StorageException;
import dev.matrix.core.spi.StoreClock;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stores whose transactions roll back, when told to, after all work is done. */
final class FailingCommits implements Stores {

    private final Stores stores;
    private final AtomicBoolean failing;

    FailingCommits(Stores stores) {
        this(stores, new AtomicBoolean());
    }

    private FailingCommits(Stores stores, AtomicBoolean failing) {
        this.stores = stores;
        this.failing = failing;
    }

    void fail(boolean on) {
        failing.set(on);
    }

    @Override
    public <S> S get(Class<S> type) {
        return stores.get(type);
    }

    @Override
    public <S> Stores with(Class<S> type, S store) {
        return new FailingCommits(stores.with(type, store), failing);
    }

    @Override
    public Transactions transactions() {
        return new Transactions() {
            @Override
            public <R extends @Nullable Object> R returning(Function<Tx, R> work) {
                return stores.transactions().returning(tx -> {
                    R result = work.apply(tx);
                    if (failing.get()) {
                        throw new StorageException("The commit fails, as this test wants it.");
                    }
                    return result;
                });
            }
        };
    }

    @Override
    public StoreClock clock(InstantSource node) {
        return stores.clock(node);
    }

    @Override
    public boolean persistent() {
        return stores.persistent();
    }
}
