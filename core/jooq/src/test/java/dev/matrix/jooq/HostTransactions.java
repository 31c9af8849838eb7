package dev.matrix.jooq;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A host's transactions: one a thread, as Spring binds them, joined by whoever asks while it is open. */
public final class HostTransactions implements ConnectionSource {

    private final DataSource dataSource;

    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Connection> open = new ThreadLocal<>();

    public HostTransactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public boolean inTransaction(Consumer<Connection> work) {
        Connection joined = open.get();
        if (joined != null) {
            work.accept(joined);
            return false;
        }
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            open.set(connection);
            try {
                work.accept(connection);
                connection.commit();
            } catch (RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                open.remove();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return true;
    }
}
