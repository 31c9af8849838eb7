package dev.matrix.jooq;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A host's transactions: one a thread, as Spring binds them, joined by whoever asks while it is open. */
public final class HostTransactions implements ConnectionSource {

    /** A transaction of the host's, and what waits for its commit. */
    private record Open(Connection connection, List<Runnable> afterCommit) {}

    private final DataSource dataSource;

    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Open> open = new ThreadLocal<>();

    public HostTransactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public boolean inTransaction(Consumer<Connection> work) {
        Open joined = open.get();
        if (joined != null) {
            work.accept(joined.connection());
            return false;
        }
        List<Runnable> afterCommit = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            open.set(new Open(connection, afterCommit));
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
        afterCommit.forEach(Runnable::run);
        return true;
    }

    @Override
    public void afterCommit(Runnable action) {
        requireNonNull(open.get()).afterCommit().add(action);
    }
}
