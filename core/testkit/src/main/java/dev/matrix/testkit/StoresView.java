package dev.matrix.testkit;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.spi.StoreClock;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Stores seen through a test's eyes: their time, or what happens around a transaction, is the test's to decide; the rows
 * are the underlying stores'. Immutable. Closing a view leaves the underlying stores open.
 *
 * @param stores what lies beneath
 * @param transactions what the view hands out as its transactions
 * @param clocks store time for a node whose own clock is given
 */
public record StoresView(Stores stores, Transactions transactions, Function<InstantSource, StoreClock> clocks)
        implements Stores {

    public StoresView {
        requireNonNull(stores, "stores");
        requireNonNull(transactions, "transactions");
        requireNonNull(clocks, "clocks");
    }

    /** The stores as they are. */
    public static StoresView of(Stores stores) {
        return new StoresView(stores, stores.transactions(), stores::clock);
    }

    /** This view with a store time of the test's, the same for every node. */
    public StoresView withTime(InstantSource storeTime) {
        requireNonNull(storeTime, "storeTime");
        return withClock(node -> new TestClock(storeTime));
    }

    /** This view with store clocks of the test's, each made from a node's own clock. */
    public StoresView withClock(Function<InstantSource, StoreClock> storeClocks) {
        return new StoresView(stores, transactions, storeClocks);
    }

    /** This view with something around each transaction; hand the inner transaction's {@code Tx} on as it is. */
    public StoresView around(UnaryOperator<Transactions> wrapper) {
        return new StoresView(stores, wrapper.apply(transactions), clocks);
    }

    @Override
    public <S> S get(Class<S> type) {
        return stores.get(type);
    }

    @Override
    public <S> StoresView with(Class<S> type, S store) {
        return new StoresView(stores.with(type, store), transactions, clocks);
    }

    @Override
    public StoreClock clock(InstantSource node) {
        return clocks.apply(node);
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
