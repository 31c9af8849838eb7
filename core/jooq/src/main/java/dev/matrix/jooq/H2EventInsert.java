package dev.matrix.jooq;

import static dev.matrix.jooq.generated.Tables.MATRIX_EVENT;
import static dev.matrix.jooq.generated.Tables.MATRIX_EVENT_DISPATCH;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.event.spi.EventRow;
import dev.matrix.core.event.spi.NewEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jooq.Query;

/** One statement per row: H2 is in the process, so a round trip costs nothing. */
final class H2EventInsert implements EventInsert {

    @Override
    public Set<String> insert(JooqTx tx, List<NewEvent> events) {
        Set<String> added = new HashSet<>();
        for (NewEvent event : events) {
            if (tx.insertIfAbsent(row(event)) == 1) {
                added.add(event.row().id());
                event.queuedFor().forEach(subscriber -> tx.insertIfAbsent(queued(subscriber, event.row())));
            }
        }
        return added;
    }

    private static Query row(NewEvent event) {
        EventRow row = event.row();
        return insertInto(MATRIX_EVENT)
                .set(MATRIX_EVENT.ID, row.id())
                .set(MATRIX_EVENT.TYPE, row.type())
                .set(MATRIX_EVENT.VERSION, row.version())
                .set(MATRIX_EVENT.OWNER_TYPE, Owners.type(row.owner()))
                .set(MATRIX_EVENT.OWNER_ID, row.owner().id())
                .set(MATRIX_EVENT.SUBJECT, row.subject())
                .set(MATRIX_EVENT.OCCURRED_AT, row.occurredAt())
                .set(MATRIX_EVENT.RECORDED_AT, row.recordedAt())
                .set(MATRIX_EVENT.VISIBLE_TO, Owners.text(row.visibleTo()))
                .set(MATRIX_EVENT.IDEM_KEY, row.key())
                .set(MATRIX_EVENT.FINGERPRINT, event.fingerprint())
                .set(MATRIX_EVENT.ADDRESSED, EventInsert.addressed(event))
                .set(MATRIX_EVENT.PAYLOAD, row.payload());
    }

    private static Query queued(String subscriber, EventRow row) {
        return insertInto(MATRIX_EVENT_DISPATCH)
                .set(MATRIX_EVENT_DISPATCH.SUBSCRIBER, subscriber)
                .set(MATRIX_EVENT_DISPATCH.EVENT_ID, row.id())
                .set(MATRIX_EVENT_DISPATCH.STATE, QueueState.OPEN)
                .set(MATRIX_EVENT_DISPATCH.DUE_AT, row.recordedAt())
                .set(MATRIX_EVENT_DISPATCH.TOKEN, 0L)
                .set(MATRIX_EVENT_DISPATCH.ATTEMPTS, 0)
                .set(MATRIX_EVENT_DISPATCH.ERROR, "");
    }
}
