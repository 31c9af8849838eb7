package dev.matrix.jooq;

import dev.matrix.core.spi.EventRow;
import dev.matrix.core.spi.NewEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One statement for events and queue rows, whatever their number: columns go as arrays, so its text never varies and the
 * driver keeps it prepared. By plain JDBC, as jOOQ would send byte arrays as text.
 */
final class PostgresEventInsert implements EventInsert {

    private static final String INSERT = """
            with added as (
              insert into matrix_event (id, type, version, owner_type, owner_id, subject, occurred_at, recorded_at,
                  visible_to, idem_key, fingerprint, addressed, payload)
              select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
              on conflict do nothing
              returning id, recorded_at),
            queued as (
              insert into matrix_event_dispatch (subscriber, event_id, state, due_at, token, attempts, error)
              select queue.subscriber, added.id, 0, added.recorded_at, 0, 0, ''
              from unnest(?, ?) as queue (subscriber, event_id) join added on added.id = queue.event_id)
            select id from added
            """;

    @Override
    public Set<String> insert(JooqTx tx, List<NewEvent> events) {
        try (PreparedStatement insert = tx.connection().prepareStatement(INSERT)) {
            bind(new Columns(tx.connection(), insert), events);
            Set<String> added = new HashSet<>(2 * events.size());
            try (ResultSet ids = insert.executeQuery()) {
                while (ids.next()) {
                    added.add(ids.getString(1));
                }
            }
            return added;
        } catch (SQLException e) {
            throw StorageFailures.of(e);
        }
    }

    private static void bind(Columns columns, List<NewEvent> events) throws SQLException {
        List<EventRow> rows = events.stream().map(NewEvent::row).toList();
        columns.add("varchar", rows, EventRow::id);
        columns.add("varchar", rows, EventRow::type);
        columns.add("int4", rows, EventRow::version);
        columns.add("int2", rows, row -> Owners.type(row.owner()));
        columns.add("varchar", rows, row -> row.owner().id());
        columns.add("varchar", rows, EventRow::subject);
        columns.add("timestamptz", rows, row -> row.occurredAt().toString());
        columns.add("timestamptz", rows, row -> row.recordedAt().toString());
        columns.add("varchar", rows, row -> Owners.text(row.visibleTo()));
        columns.add("varchar", rows, EventRow::key);
        columns.add("bytea", events.stream().map(NewEvent::fingerprint).toArray(byte[][]::new));
        columns.add("varchar", events, EventInsert::addressed);
        columns.add("bytea", rows.stream().map(EventRow::payload).toArray(byte[][]::new));
        List<String> subscribers = new ArrayList<>();
        List<String> eventIds = new ArrayList<>();
        for (NewEvent event : events) {
            for (String subscriber : event.queuedFor()) {
                subscribers.add(subscriber);
                eventIds.add(event.row().id());
            }
        }
        columns.add("varchar", subscribers, name -> name);
        columns.add("varchar", eventIds, id -> id);
    }

    /** Binds array after array. */
    private static final class Columns {

        private final Connection connection;
        private final PreparedStatement statement;
        private int index;

        Columns(Connection connection, PreparedStatement statement) {
            this.connection = connection;
            this.statement = statement;
        }

        <T> void add(String type, List<T> rows, Function<T, @Nullable Object> column) throws SQLException {
            add(type, rows.stream().map(column).toArray());
        }

        void add(String type, Object[] values) throws SQLException {
            statement.setArray(++index, connection.createArrayOf(type, values));
        }
    }
}
