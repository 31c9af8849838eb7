package dev.matrix.examples.benchmarks.events;

import dev.matrix.core.event.spi.EventRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import javax.sql.DataSource;

/** The peer: the rows that publishing writes, encoded beforehand, by JDBC batches; one transaction a call. */
final class BatchInserts {

    private static final String EVENT = """
            insert into matrix_event (id, type, version, owner_type, owner_id, subject, occurred_at, recorded_at,
              visible_to, idem_key, fingerprint, addressed, payload)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String DISPATCH = """
            insert into matrix_event_dispatch (subscriber, event_id, state, due_at, token, attempts, error)
            values (?, ?, 0, ?, 0, 0, '')
            """;
    private static final byte[] FINGERPRINT = new byte[32];

    private final DataSource database;

    BatchInserts(DataSource database) {
        this.database = database;
    }

    void insert(List<EventRow> rows) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement event = connection.prepareStatement(EVENT);
                    PreparedStatement dispatch = connection.prepareStatement(DISPATCH)) {
                for (EventRow row : rows) {
                    add(event, row);
                    add(dispatch, row, Timestamp.from(row.recordedAt()));
                }
                event.executeBatch();
                dispatch.executeBatch();
            }
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(PreparedStatement event, EventRow row) throws SQLException {
        event.setString(1, row.id());
        event.setString(2, row.type());
        event.setInt(3, row.version());
        event.setShort(4, (short) 0);
        event.setString(5, row.owner().id());
        event.setString(6, row.subject());
        event.setTimestamp(7, Timestamp.from(row.occurredAt()));
        event.setTimestamp(8, Timestamp.from(row.recordedAt()));
        event.setString(9, "");
        event.setString(10, row.key());
        event.setBytes(11, FINGERPRINT);
        event.setString(12, "");
        event.setBytes(13, row.payload());
        event.addBatch();
    }

    private static void add(PreparedStatement dispatch, EventRow row, Timestamp due) throws SQLException {
        dispatch.setString(1, CountingSubscriber.NAME);
        dispatch.setString(2, row.id());
        dispatch.setTimestamp(3, due);
        dispatch.addBatch();
    }
}
