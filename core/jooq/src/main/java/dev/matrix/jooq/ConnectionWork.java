package dev.matrix.jooq;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What runs on a connection and gives something back. */
interface ConnectionWork<R> {

    R on(Connection connection) throws SQLException;

    /** What {@code work} gives in a transaction of {@code source}. */
    static <R> R in(ConnectionSource source, ConnectionWork<R> work) {
        List<R> results = new ArrayList<>(1);
        source.inTransaction(connection -> {
            try {
                results.add(work.on(connection));
            } catch (SQLException e) {
                throw StorageFailures.of(e);
            }
        });
        return results.get(results.size() - 1);
    }
}
