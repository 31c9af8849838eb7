package dev.matrix.core.spi;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.memory.MemoryStores;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * The stores of one Matrix, looked up by their interface, with the transactions that they share. Thread-safe.
 */
public interface Stores extends AutoCloseable {

    /** A store and the interface that it is looked up by. */
    record Binding<S>(Class<S> type, S store) {

        public Binding {
            requireNonNull(type, "type");
            requireNonNull(store, "store");
        }
    }

    /** New, empty stores in memory, for tests, trials and single processes; their time is their first Matrix's clock. */
    static Stores inMemory() {
        return MemoryStores.create(null);
    }

    /** New, empty stores in memory with a time of their own, which all nodes over them are measured by. */
    static Stores inMemory(InstantSource time) {
        return MemoryStores.create(requireNonNull(time, "time"));
    }

    /**
     * Persistent stores of a backend's, which closing leaves open. A backend with a life of its own implements this interface
     * over what this returns.
     *
     * @param clock makes store time for a node whose own clock it is given, as {@link #clock} says
     * @param bindings all of them take part in {@code transactions}; of two for one interface the later one counts
     */
    static Stores of(
            Transactions transactions,
            Function<InstantSource, StoreClock> clock,
            Iterable<? extends Binding<?>> bindings) {
        return BoundStores.of(transactions, clock, bindings);
    }

    /**
     * The store of that interface.
     *
     * @throws IllegalStateException when there is none; the message names what to add
     */
    <S> S get(Class<S> type);

    /** These stores with one replaced or added; the transactions stay the same, so the store must join them. */
    <S> Stores with(Class<S> type, S store);

    /** The transactions that all these stores take part in. */
    Transactions transactions();

    /** Store time for a node whose own clock is {@code node}; stores with a clock of their own follow that instead. */
    StoreClock clock(InstantSource node);

    /** Whether what is written survives the process; then secrets need a key of the host's. */
    boolean persistent();

    /** Frees what these stores opened themselves, such as a pool; a data source of the host's stays open. Idempotent. */
    @Override
    default void close() {}
}
