package dev.matrix.jooq;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** A transaction of its own on a connection of a data source, each time. */
record DataSourceConnections(DataSource dataSource) implements ConnectionSource {

    @Override
    public boolean inTransaction(Consumer<Connection> work) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            if (autoCommit) {
                connection.setAutoCommit(false);
            }
            try {
                work.accept(connection);
                connection.commit();
            } catch (Throwable failure) {
                rollBack(connection, autoCommit, failure);
                throw failure;
            }
            if (autoCommit) {
                connection.setAutoCommit(true);
            }
            return true;
        } catch (SQLException e) {
            throw StorageFailures.of(e);
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
