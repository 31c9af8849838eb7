package dev.matrix.jooq;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A transaction of its own on a connection of a data source, each time. */
record DataSourceConnections(DataSource dataSource) implements ConnectionSource {

    private static final Logger LOG = LoggerFactory.getLogger(DataSourceConnections.class);

    @Override
    public boolean inTransaction(Consumer<Connection> work) {
        boolean committed = false;
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            if (autoCommit) {
                connection.setAutoCommit(false);
            }
            try {
                work.accept(connection);
                commit(connection);
            } catch (Throwable failure) {
                rollBack(connection, autoCommit, failure);
                throw failure;
            }
            committed = true;
            if (autoCommit) {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            if (!committed) {
                throw StorageFailures.of(e);
            }
            LOG.warn("A connection broke after its commit; the commit stands.", e);
        }
        return true;
    }

    private static void commit(Connection connection) {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw StorageFailures.ofCommit(e);
        }
    }

    private static void rollBack(Connection connection, boolean autoCommit, Throwable failure) {
        try {
            connection.rollback();
            if (autoCommit) {
                connection.setAutoCommit(true);
            }
        } catch (SQLException broken) {
            failure.addSuppressed(broken);
        }
    }
}
