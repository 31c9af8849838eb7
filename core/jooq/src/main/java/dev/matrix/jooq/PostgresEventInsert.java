package dev.matrix.jooq;

import dev.matrix.core.event.spi.EventRow;
import dev.matrix.core.event.spi.NewEvent;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One statement for events and queue rows, whatever their number. */
final class PostgresEventInsert implements EventInsert {

    private static final String INSERT = """
            with added as (
              insert into matrix_event (id, type, version, owner_type, owner_id, subject, occurred_at, recorded_at,
                  visible_to, idem_key, fingerprint, addressed, payload)
              select id, type, version, owner_type, owner_id, subject,
                timestamptz 'epoch' + occurred_at * interval '1 microsecond',
                timestamptz 'epoch' + recorded_at * interval '1 microsecond',
                visible_to, idem_key, fingerprint, addressed, payload
              from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as n (id, type, version, owner_type, owner_id, subject, occurred_at, recorded_at, visible_to, idem_key,
                  fingerprint, addressed, payload)
              %s
              returning id, recorded_at),
            queued as (
              insert into matrix_event_dispatch (subscriber, event_id, state, due_at, token, attempts, error)
              select queue.subscriber, added.id, 0, added.recorded_at, 0, 0, ''
              from unnest(?, ?) as queue (subscriber, event_id) join added on added.id = queue.event_id)
            select id from added
            """;

    private static final String IF_ABSENT = INSERT.formatted("on conflict do nothing");

    /** To look for what can't be there, and to insert so that another may win, takes time for nothing. */
    private static final String NEW = INSERT.formatted("");

    private record Queued(String subscriber, String eventId) {}

    @Override
    public Set<String> insert(JooqTx tx, List<NewEvent> events) {
        String insert = events.stream().anyMatch(NewEvent::mayBeTaken) ? IF_ABSENT : NEW;
        return new HashSet<>(PostgresBatch.fetch(tx, insert, batch -> bind(batch, events), row -> row.getString(1)));
    }

    private static void bind(PostgresBatch batch, List<NewEvent> events) throws SQLException {
        List<EventRow> rows = events.stream().map(NewEvent::row).toList();
        List<Queued> queued = new ArrayList<>();
        events.forEach(event -> event.queuedFor()
                .forEach(name -> queued.add(new Queued(name, event.row().id()))));
        batch.texts(rows, EventRow::id)
                .texts(rows, EventRow::type)
                .ints(rows, EventRow::version)
                .shorts(rows, row -> Owners.type(row.owner()))
                .texts(rows, row -> row.owner().id())
                .texts(rows, EventRow::subject)
                .instants(rows, EventRow::occurredAt)
                .instants(rows, EventRow::recordedAt)
                .texts(rows, row -> Owners.text(row.visibleTo()))
                .texts(rows, EventRow::key)
                .bytes(events, NewEvent::fingerprint)
                .texts(events, EventInsert::addressed)
                .bytes(rows, EventRow::payload)
                .texts(queued, Queued::subscriber)
                .texts(queued, Queued::eventId);
    }
}
