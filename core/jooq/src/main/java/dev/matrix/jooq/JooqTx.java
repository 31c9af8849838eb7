package dev.matrix.jooq;

import dev.matrix.core.StorageException;
import dev.matrix.core.spi.Tx;
import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.jspecify.annotations.Nullable;

/**
 * One open transaction on a JDBC connection: what jOOQ stores reach their database by. What the database refuses comes
 * out of {@link #dsl()} as a {@link StorageException}.
 */
public sealed class JooqTx implements Tx permits JoinedTx {

    private static final Settings SETTINGS = new Settings()
            .withRenderQuotedNames(RenderQuotedNames.NEVER)
            .withRenderCatalog(false)
            .withRenderSchema(false)
            .withExecuteLogging(false);

    private final Connection connection;
    private final Database database;
    private final @Nullable Thread thread;
    private final CommitActions actions;
    private @Nullable DSLContext dsl;
    private boolean open = true;

    /** @param thread the one that it may be used on; null: any, one after the other */
    JooqTx(Connection connection, Database database, @Nullable Thread thread) {
        this.connection = connection;
        this.database = database;
        this.thread = thread;
        this.actions = new CommitActions(connection, database);
    }

    /**
     * The jOOQ side of a transaction.
     *
     * @throws IllegalStateException when it is over, of another thread or of another storage
     */
    public static JooqTx of(Tx tx) {
        if (tx instanceof JooqTx own) {
            own.requireOpen();
            return own;
        }
        throw new IllegalStateException(
                "This transaction is of another storage. Use the Tx that the running transaction handed out.");
    }

    private void requireOpen() {
        if (thread != null && thread != Thread.currentThread()) {
            throw new IllegalStateException("This transaction is of thread " + thread.getName()
                    + ". Use a Tx on the thread that it was handed to, or open a transaction on this one.");
        }
        if (!open) {
            throw new IllegalStateException(
                    "This transaction is over. Use the Tx that the running transaction handed out.");
        }
    }

    /** jOOQ on this transaction's connection: unquoted names without a schema, in the dialect of {@link #database()}. */
    public DSLContext dsl() {
        if (dsl == null) {
            dsl = DSL.using(new DefaultConfiguration()
                    .set(connection)
                    .set(database.dialect())
                    .set(SETTINGS)
                    .set(new DefaultExecuteListenerProvider(new StorageFailures(actions::failed))));
        }
        return dsl;
    }

    /** The transaction's connection: neither commit, roll back nor close it. Savepoints may be set and gone back to. */
    public Connection connection() {
        actions.reachable();
        return connection;
    }

    /** The connection for Matrix's own statements, which set no savepoint. */
    final Connection ownConnection() {
        return connection;
    }

    /** Notes that a statement beside {@link #dsl()} has failed; returns what to throw. */
    final StorageException failed(SQLException failure) {
        StorageException told = StorageFailures.of(failure);
        actions.failed(told);
        return told;
    }

    /** Which database this is. */
    public Database database() {
        return database;
    }

    /**
     * Runs an insert whose rows give way to rows that are there. A row of another open transaction is waited for. jOOQ's
     * own {@code onConflictDoNothing()} would become a MERGE on H2, which fails where two transactions race.
     *
     * @return how many rows were inserted
     */
    public int insertIfAbsent(Query insert) {
        return dsl().execute("{0} on conflict do nothing", insert);
    }

    @Override
    public void afterCommit(Runnable action, Runnable inDoubt) {
        requireOpen();
        actions.add(action, inDoubt);
    }

    final CommitActions actions() {
        return actions;
    }

    /** Ends the use of this transaction. */
    final void end() {
        open = false;
    }
}
