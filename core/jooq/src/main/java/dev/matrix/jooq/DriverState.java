package dev.matrix.jooq;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.core.BaseConnection;

/** What the driver knows of a connection's transaction without asking the database. */
enum DriverState {
    /** It can commit. */
    SOUND,
    /** A statement has failed; PostgreSQL will answer a commit by a rollback, and its driver says nothing of it. */
    FAILED,
    /** The driver doesn't tell: it isn't pgjdbc, or a pool hides it. */
    UNKNOWN;

    static DriverState of(Connection connection) {
        try {
            return Pgjdbc.state(connection);
        } catch (LinkageError | SQLException absent) {
            return UNKNOWN;
        }
    }

    /** Apart, as a host with another driver lacks the class. */
    private static final class Pgjdbc {

        private static final Class<? extends Connection> DRIVERS = BaseConnection.class;

        /** A data source's wrapper may claim to be one and hand out another wrapper. */
        static DriverState state(Connection connection) throws SQLException {
            if (connection.isWrapperFor(DRIVERS) && connection.unwrap(DRIVERS) instanceof BaseConnection driver) {
                return switch (driver.getTransactionState()) {
                    case IDLE, OPEN -> SOUND;
                    case FAILED -> FAILED;
                };
            }
            return UNKNOWN;
        }
    }
}
