package dev.matrix.jooq;

import java.sql.Connection;
import java.util.function.Consumer;

/**
 * Lends connections of transactions that the host runs, so that Matrix takes part in them: {@link
 * JooqStorage#joining(ConnectionSource)}. Thread-safe. With Spring it is
 *
 * <pre>{@code
 * work -> template.execute(status -> {
 *     work.accept(DataSourceUtils.getConnection(dataSource));
 *     return status.isNewTransaction();
 * })
 * }</pre>
 */
@FunctionalInterface
public interface ConnectionSource {

    /**
     * Calls {@code work} once, on this thread, with the connection of the transaction that is open on this thread, or of
     * a new one if none is. A new one commits when {@code work} returns and rolls back when it throws; one that was open
     * stays so, and the throw must make it roll back in the end. Throwables pass through.
     *
     * <p>Matrix's steps call it on threads of its own, where it must begin a transaction. Isolation is READ COMMITTED,
     * auto-commit is off; {@code work} neither commits nor closes the connection.
     *
     * <p>Code of the host's that runs inside a transaction which Matrix began, and goes back to a savepoint there, must reach the
     * connection by {@link JooqStorage#connection}: so Matrix knows that savepoints may be set.
     *
     * @return true if the transaction has committed by now; false if the host commits it later, and Matrix is never told: then
     *     actions that wait for the commit ({@link dev.matrix.core.spi.Tx#afterCommit}) are dropped. Those only hasten what
     *     Matrix finds by itself: committed rows within its next poll, 50 ms for events, and what is worth caching from the
     *     second use on.
     */
    boolean inTransaction(Consumer<Connection> work);
}
