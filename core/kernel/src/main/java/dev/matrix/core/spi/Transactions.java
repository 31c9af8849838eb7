package dev.matrix.core.spi;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in a transaction of the store: READ COMMITTED, committed when the work returns, rolled back when it throws
 * (the throwable passes through). Thread-safe. Never open a second transaction inside one: implementations refuse it
 * with an {@link IllegalStateException}, since it would wait for its own thread or split what must commit together.
 *
 * <p>A statement that failed spoils its transaction, also where the work caught that: the end is a {@link
 * dev.matrix.core.StorageException} and nothing is kept, unless the work went back to a savepoint from before it. A commit
 * whose answer is lost is a {@link dev.matrix.core.OutcomeUnknownException}.
 */
public interface Transactions {

    /** Runs {@code work} and commits. */
    default void inTransaction(Consumer<Tx> work) {
        this.<@Nullable Void>returning(tx -> {
            work.accept(tx);
            return null;
        });
    }

    /** Runs {@code work}, commits, and returns what it returned. */
    <R extends @Nullable Object> R returning(Function<Tx, R> work);
}
