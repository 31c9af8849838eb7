package dev.matrix.testkit;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.spi.StoreClock;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Stores seen through a test's eyes: their time, or what happens around a transaction, is the test's to decide; the rows
 * are the underlying stores'. Immutable. Closing a view leaves the underlying stores open.
 *
 * @param stores what lies beneath
 * @param transactions what the view hands out as its transactions
 * @param time store time for every node; null: the underlying stores' own
 */
public record StoresView(
        Stores stores, Transactions transactions, @Nullable InstantSource time) implements Stores {

    public StoresView {
        requireNonNull(stores, "stores");
        requireNonNull(transactions, "transactions");
    }

    /** The stores as they are. */
    public static StoresView of(Stores stores) {
        return new StoresView(stores, stores.transactions(), null);
    }

    /** This view with a store time of the test's, the same for every node. */
    public StoresView withTime(InstantSource storeTime) {
        return new StoresView(stores, transactions, requireNonNull(storeTime, "storeTime"));
    }

    /** This view with something around each transaction; hand the inner transaction's {@code Tx} on as it is. */
    public StoresView around(UnaryOperator<Transactions> wrapper) {
        return new StoresView(stores, wrapper.apply(transactions), time);
    }

    @Override
    public <S> S get(Class<S> type) {
        return stores.get(type);
    }

    @Override
    public <S> StoresView with(Class<S> type, S store) {
        return new StoresView(stores.with(type, store), transactions, time);
    }

    @Override
    public StoreClock clock(InstantSource node) {
        return time == null ? stores.clock(node) : new TestClock(time);
    }

    @Override
    public boolean persistent() {
        return stores.persistent();
    }

    private record TestClock(InstantSource time) implements StoreClock {

        @Override
        public Instant instant() {
            return time.instant();
        }

        @Override
        public void refresh() {}

        @Override
        public boolean isTrusted() {
            return true;
        }
    }
}
