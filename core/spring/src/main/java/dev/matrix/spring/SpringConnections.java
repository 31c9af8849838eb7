package dev.matrix.spring;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.StorageException;
import dev.matrix.jooq.ConnectionSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Matrix in Spring's transactions: what it writes inside a {@code @Transactional} method commits and rolls back with it. A call
 * of Matrix that throws leaves such a transaction as it was before the call, also where a statement failed: it runs behind a
 * savepoint. So a refusal that the host catches costs the host nothing else. Thread-safe.
 */
public final class SpringConnections implements ConnectionSource {

    private final DataSource dataSource;
    private final TransactionTemplate own;

    /**
     * Joins the transactions of this data source.
     *
     * @param transactions that of JDBC or of JPA, which binds its JDBC connection too
     */
    public SpringConnections(DataSource dataSource, PlatformTransactionManager transactions) {
        this.dataSource = requireNonNull(dataSource, "dataSource");
        this.own = new TransactionTemplate(transactions);
    }

    @Override
    public boolean inTransaction(Consumer<Connection> work) {
        if (TransactionSynchronizationManager.isActualTransactionActive()
                && TransactionSynchronizationManager.hasResource(dataSource)) {
            join(DataSourceUtils.getConnection(dataSource), work);
            return false;
        }
        own.executeWithoutResult(status -> work.accept(DataSourceUtils.getConnection(dataSource)));
        return true;
    }

    private static void join(Connection connection, Consumer<Connection> work) {
        Savepoint before;
        try {
            before = connection.setSavepoint();
        } catch (SQLException e) {
            throw new StorageException(
                    "The application's transaction takes no savepoint, so Matrix can't join it. Nothing was written;"
                            + " roll it back, and see the cause.",
                    e);
        }
        try {
            work.accept(connection);
        } catch (RuntimeException | Error failure) {
            goBack(connection, before, failure);
            throw failure;
        }
        try {
            connection.releaseSavepoint(before);
        } catch (SQLException e) {
            throw new StorageException("The application's transaction has failed; it can only roll back.", e);
        }
    }

    /** A connection that is gone can't go back either; what the work threw says why. */
    private static void goBack(Connection connection, Savepoint before, Throwable failure) {
        try {
            connection.rollback(before);
        } catch (SQLException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    @Override
    public void afterCommit(Runnable action) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                action.run();
            }
        });
    }
}
