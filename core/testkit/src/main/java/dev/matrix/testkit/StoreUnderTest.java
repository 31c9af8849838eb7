package dev.matrix.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One store and its transactions, so that a contract's test reads as a list of committed calls.
 *
 * @param stores where the store and its transactions are from
 * @param type what it is looked up by
 */
public record StoreUnderTest<S>(Stores stores, Class<S> type) {

    /** Where the contracts' stories begin. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** A call of a store in a transaction. */
    @FunctionalInterface
    public interface Call<S, R extends @Nullable Object> {

        R in(Tx tx, S store);
    }

    private static final class RolledBack extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    /** The store of that type of the contract's new stores. */
    public static <S> StoreUnderTest<S> of(StoreContract contract, Class<S> type) {
        return new StoreUnderTest<>(contract.stores(), type);
    }

    /** Skips the test where one transaction runs at a time. */
    public static void assumeConcurrent(StoreContract contract) {
        assumeTrue(contract.concurrent(), "one transaction runs at a time here");
    }

    /** The store itself, to be called in a transaction. */
    public S store() {
        return stores.get(type);
    }

    /** Calls the store in a transaction of its own and commits. */
    public <R extends @Nullable Object> R get(Call<S, R> call) {
        return stores.transactions().returning(tx -> call.in(tx, store()));
    }

    /** Calls the store in a transaction of its own and commits. */
    public void run(BiConsumer<Tx, S> work) {
        stores.transactions().inTransaction(tx -> work.accept(tx, store()));
    }

    /** Calls the store in a transaction that rolls back. */
    public void rollBack(BiConsumer<Tx, S> work) {
        try {
            run((tx, store) -> {
                work.accept(tx, store);
                throw new RolledBack();
            });
        } catch (RolledBack expected) {
            return;
        }
        throw new AssertionError("A transaction whose work threw must not return.");
    }
}
