package dev.matrix.sla;

import dev.matrix.core.StorageException;
import dev.matrix.core.spi.StoreClock;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stores whose database is away when told so, and whose clock goes on. */
final class Outage implements Stores, Transactions {

    private final Stores inner;
    private final BooleanSupplier outer;
    private boolean away;

    Outage(Stores inner) {
        this(inner, () -> false);
    }

    /** @param outer whether it is away, beside what {@link #away} says */
    Outage(Stores inner, BooleanSupplier outer) {
        this.inner = inner;
        this.outer = outer;
    }

    void away(boolean now) {
        away = now;
    }

    @Override
    public <S> S get(Class<S> type) {
        return inner.get(type);
    }

    @Override
    public <S> Stores with(Class<S> type, S store) {
        return new Outage(inner.with(type, store), () -> away || outer.getAsBoolean());
    }

    @Override
    public Transactions transactions() {
        return this;
    }

    @Override
    public <R extends @Nullable Object> R returning(Function<Tx, R> work) {
        if (away || outer.getAsBoolean()) {
            throw new StorageException("The database is away, as this test wants it.");
        }
        return inner.transactions().returning(work);
    }

    @Override
    public StoreClock clock(InstantSource node) {
        return inner.clock(node);
    }

    @Override
    public boolean persistent() {
        return inner.persistent();
    }
}
