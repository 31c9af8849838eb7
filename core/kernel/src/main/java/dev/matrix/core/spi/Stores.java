package dev.matrix.core.spi;

import java.time.InstantSource;

/**
 * The stores of one Matrix, looked up by their interface, with the transactions that they share. Thread-safe.
 */
public interface Stores {

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

    /** Store time for a node whose own clock is {@code node}. */
    StoreClock clock(InstantSource node);

    /** Whether what is written survives the process; then secrets need a key of the host's. */
    boolean persistent();
}
