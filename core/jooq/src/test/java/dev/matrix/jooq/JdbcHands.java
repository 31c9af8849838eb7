package dev.matrix.jooq;

import dev.matrix.core.StorageException;
import dev.matrix.core.spi.Tx;
import dev.matrix.testkit.HostHands;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A host's plain JDBC on a transaction's connection. */
record JdbcHands(Database database) implements HostHands {

    @Override
    public void fail(Tx tx) {
        try (Statement statement = JooqStorage.connection(tx).createStatement()) {
            statement.execute("insert into no_such_table values (1)");
        } catch (SQLException caught) {
            return;
        }
        throw new AssertionError("The statement must fail.");
    }

    @Override
    public Savepoint savepoint(Tx tx) {
        Connection connection = JooqStorage.connection(tx);
        java.sql.@Nullable Savepoint set;
        try {
            set = connection.setSavepoint();
        } catch (SQLException spoilt) {
            throw new StorageException("No savepoint.", spoilt);
        }
        return () -> {
            try {
                connection.rollback(set);
            } catch (SQLException e) {
                throw new StorageException("No way back.", e);
            }
        };
    }

    @Override
    public boolean failureSpoils() {
        return database == Database.POSTGRESQL;
    }
}
