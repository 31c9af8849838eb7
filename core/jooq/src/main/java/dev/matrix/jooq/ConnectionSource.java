package dev.matrix.jooq;

import java.sql.Connection;
import java.util.function.Consumer;

/**
 * Lends connections of transactions that the host runs, so that Matrix takes part in them: {@link
 * JooqStorage#joining(ConnectionSource)}. Thread-safe. The Spring Boot starter brings one; by hand, with Spring, it is
 *
 * <pre>{@code
 * class SpringConnections implements ConnectionSource {
 *     public boolean inTransaction(Consumer<Connection> work) {
 *         return template.execute(status -> {
 *             work.accept(DataSourceUtils.getConnection(dataSource));
 *             return status.isNewTransaction();
 *         });
 *     }
 *
 *     public void afterCommit(Runnable action) {
 *         TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
 *             public void afterCommit() {
 *                 action.run();
 *             }
 *         });
 *     }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface ConnectionSource {

    /**
     * Calls {@code work} once, on this thread, with the connection of the transaction that is open on this thread, or of
     * a new one if none is. A new one commits when {@code work} returns and rolls back when it throws. One that was open stays
     * so; after a throw what {@code work} wrote must not commit: go back to a savepoint that was set before it, or mark the
     * transaction so that it rolls back in the end. Throwables pass through.
     *
     * <p>Matrix's steps call it on threads of its own, where it must begin a transaction. Isolation is READ COMMITTED,
     * auto-commit is off; {@code work} neither commits nor closes the connection.
     *
     * <p>Code of the host's that runs inside a transaction which Matrix began, and goes back to a savepoint there, must reach the
     * connection by {@link JooqStorage#connection}: so Matrix knows that savepoints may be set.
     *
     * @return true if the transaction has committed by now; false if the host commits it later
     */
    boolean inTransaction(Consumer<Connection> work);

    /**
     * Runs an action once the host's transaction that is open on this thread has committed; called right after an {@link
     * #inTransaction} that returned false. Where it rolls back the action is dropped. Such actions look at the store before they
     * do anything, so one that runs although the transaction, or a savepoint in it, was rolled back does no harm. A throw of
     * theirs is logged.
     *
     * <p>Unless it is implemented they are all dropped. They only hasten what Matrix finds by itself: committed rows within its
     * next poll, 50 ms to 500 ms for events.
     */
    default void afterCommit(Runnable action) {}
}
