package dev.matrix.jooq;

import dev.matrix.core.spi.Tx;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
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
 * out of {@link #dsl()} as a {@link dev.matrix.core.StorageException}.
 */
public sealed class JooqTx implements Tx permits JoinedTx {

    private static final Settings SETTINGS = new Settings()
            .withRenderQuotedNames(RenderQuotedNames.NEVER)
            .withRenderCatalog(false)
            .withRenderSchema(false)
            .withExecuteLogging(false);

    private final Connection connection;
    private final Database database;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private @Nullable DSLContext dsl;
    private boolean open = true;

    JooqTx(Connection connection, Database database) {
        this.connection = connection;
        this.database = database;
    }

    /**
     * The jOOQ side of a transaction.
     *
     * @throws IllegalStateException when it is over, or of another storage
     */
    public static JooqTx of(Tx tx) {
        if (tx instanceof JooqTx own && own.open) {
            return own;
        }
        throw new IllegalStateException(
                "This transaction is over, or of another storage. Use the Tx that the running transaction handed out.");
    }

    /** jOOQ on this transaction's connection: unquoted names without a schema, in the dialect of {@link #database()}. */
    public DSLContext dsl() {
        if (dsl == null) {
            dsl = DSL.using(new DefaultConfiguration()
                    .set(connection)
                    .set(database.dialect())
                    .set(SETTINGS)
                    .set(new DefaultExecuteListenerProvider(new StorageFailures())));
        }
        return dsl;
    }

    /** The transaction's connection: neither commit, roll back nor close it. */
    public Connection connection() {
        return connection;
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
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /** Ends the use of this transaction; returns what waits for its commit. */
    final List<Runnable> end() {
        open = false;
        return afterCommit;
    }
}
