package dev.matrix.jooq;

import static dev.matrix.jooq.generated.Tables.MATRIX_EVENT;
import static dev.matrix.jooq.generated.Tables.MATRIX_EVENT_DISPATCH;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.unnest;
import static org.jooq.impl.DSL.value;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.StorageException;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.Published;
import dev.matrix.core.event.spi.EventRow;
import dev.matrix.core.event.spi.EventStore;
import dev.matrix.core.event.spi.NewEvent;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** {@link EventStore} in table {@code matrix_event}. */
final class JooqEventStore implements EventStore {

    private static final List<Field<?>> ROW = List.of(
            MATRIX_EVENT.ID,
            MATRIX_EVENT.TYPE,
            MATRIX_EVENT.VERSION,
            MATRIX_EVENT.OWNER_TYPE,
            MATRIX_EVENT.OWNER_ID,
            MATRIX_EVENT.SUBJECT,
            MATRIX_EVENT.OCCURRED_AT,
            MATRIX_EVENT.RECORDED_AT,
            MATRIX_EVENT.VISIBLE_TO,
            MATRIX_EVENT.IDEM_KEY,
            MATRIX_EVENT.PAYLOAD);

    private final EventInsert insert;

    JooqEventStore(EventInsert insert) {
        this.insert = insert;
    }

    @Override
    public List<Published> append(Tx tx, List<NewEvent> events) {
        JooqTx own = JooqTx.of(tx);
        List<Published> results = new ArrayList<>(events.size());
        Set<String> inserted = new HashSet<>();
        int start = 0;
        while (start < events.size()) {
            int end = endOfDistinctIds(events, start);
            results.addAll(append(own, events.subList(start, end), inserted, true));
            start = end;
        }
        return results;
    }

    /** An insert reports ids, so two events of one id can't share it. */
    private static int endOfDistinctIds(List<NewEvent> events, int start) {
        Set<String> ids = new HashSet<>();
        int end = start;
        while (end < events.size() && ids.add(events.get(end).row().id())) {
            end++;
        }
        return end;
    }

    private List<Published> append(JooqTx tx, List<NewEvent> events, Set<String> inserted, boolean mayMiss) {
        Set<String> added = insert.insert(tx, events);
        inserted.addAll(added);
        List<NewEvent> refused = events.stream()
                .filter(event -> !added.contains(event.row().id()))
                .toList();
        TakenEvents taken = TakenEvents.by(tx, refused);
        List<Published> results = new ArrayList<>(events.size());
        for (NewEvent event : events) {
            String id = event.row().id();
            if (added.contains(id)) {
                results.add(new Published(id, false));
            } else {
                TakenEvents.Taken former = taken.of(event.row());
                if (former == null && mayMiss) {
                    // Purged since the insert met it, so nothing is in the way any more.
                    results.addAll(append(tx, List.of(event), inserted, false));
                } else if (former == null) {
                    throw new StorageException(
                            "Event " + id + " is refused because its id or key is taken, but no event has them."
                                    + " Nothing is stored; publish it again, and if that doesn't help, compare"
                                    + " the collation of matrix_event's columns with Matrix's own script.");
                } else if (Arrays.equals(former.fingerprint(), event.fingerprint())) {
                    results.add(new Published(former.id(), true));
                } else {
                    delete(tx, inserted);
                    throw new ConflictException("Event " + former.id() + " has the same id or idempotency key as " + id
                            + " but other content. Publish other content under another key.");
                }
            }
        }
        return results;
    }

    private static void delete(JooqTx tx, Set<String> ids) {
        String[] array = ids.toArray(String[]::new);
        tx.dsl()
                .deleteFrom(MATRIX_EVENT_DISPATCH)
                .where(MATRIX_EVENT_DISPATCH.EVENT_ID.eq(any(array)))
                .execute();
        tx.dsl().deleteFrom(MATRIX_EVENT).where(MATRIX_EVENT.ID.eq(any(array))).execute();
    }

    @Override
    public List<EventRow> load(Tx tx, Collection<String> ids) {
        JooqTx own = JooqTx.of(tx);
        String[] wanted = ids.stream().distinct().toArray(String[]::new);
        return own.dsl()
                .select(ROW)
                .from(
                        switch (own.database()) {
                            case POSTGRESQL -> probed(wanted);
                            case H2 ->
                                select(ROW)
                                        .from(MATRIX_EVENT)
                                        .where(MATRIX_EVENT.ID.eq(any(wanted)))
                                        .asTable(MATRIX_EVENT);
                        })
                .orderBy(MATRIX_EVENT.ID)
                // Else each value would be looked for by its column's name.
                .coerce(ROW)
                .fetch(JooqEventStore::row);
    }

    /**
     * One probe of the key's index for each id. PostgreSQL keeps the plan of a prepared statement: one for {@code id = any}
     * that was made while the table was small reads all of it for ever after, comparing each row with each id.
     */
    private static Table<?> probed(String[] ids) {
        Table<?> wanted = unnest(ids).as("wanted", "id");
        return wanted.crossJoin(lateral(select(ROW)
                .from(MATRIX_EVENT)
                .where(MATRIX_EVENT.ID.eq(wanted.field("id", String.class)))
                .limit(inline(1))
                .asTable(MATRIX_EVENT)));
    }

    @Override
    public Page<EventRow> page(Tx tx, EventQuery query, PageRequest page) {
        List<EventRow> rows = JooqTx.of(tx)
                .dsl()
                .select(ROW)
                .from(MATRIX_EVENT)
                .where(matches(query))
                .and(page.cursor() == null ? DSL.noCondition() : MATRIX_EVENT.ID.gt(page.cursor()))
                .orderBy(MATRIX_EVENT.ID)
                .limit(page.limit() + 1)
                .fetch(JooqEventStore::row);
        return Page.of(rows, page, EventRow::id);
    }

    /** What a query means, erased events left out. */
    static Condition matches(EventQuery query) {
        Condition condition = MATRIX_EVENT.PAYLOAD.isNotNull();
        if (query.owner() != null) {
            condition = condition.and(Owners.are(MATRIX_EVENT.OWNER_TYPE, MATRIX_EVENT.OWNER_ID, query.owner()));
        }
        if (!query.types().isEmpty()) {
            condition = condition.and(MATRIX_EVENT.TYPE.eq(any(query.types().toArray(String[]::new))));
        }
        if (query.since() != null) {
            condition = condition.and(MATRIX_EVENT.RECORDED_AT.ge(query.since()));
        }
        if (query.until() != null) {
            condition = condition.and(MATRIX_EVENT.RECORDED_AT.lt(query.until()));
        }
        return condition;
    }

    private static EventRow row(Record row) {
        return new EventRow(
                row.get(MATRIX_EVENT.ID),
                row.get(MATRIX_EVENT.TYPE),
                row.get(MATRIX_EVENT.VERSION),
                Owners.of(row.get(MATRIX_EVENT.OWNER_TYPE), row.get(MATRIX_EVENT.OWNER_ID)),
                row.get(MATRIX_EVENT.SUBJECT),
                row.get(MATRIX_EVENT.OCCURRED_AT),
                row.get(MATRIX_EVENT.RECORDED_AT),
                Owners.list(row.get(MATRIX_EVENT.VISIBLE_TO)),
                row.get(MATRIX_EVENT.IDEM_KEY),
                row.get(MATRIX_EVENT.PAYLOAD));
    }

    /** The second statement finds only what the first emptied: an event that commits between them keeps its queue. */
    @Override
    public int erase(Tx tx, Owner owner) {
        DSLContext dsl = JooqTx.of(tx).dsl();
        Condition owned = Owners.are(MATRIX_EVENT.OWNER_TYPE, MATRIX_EVENT.OWNER_ID, owner);
        int emptied = dsl.update(MATRIX_EVENT)
                .set(MATRIX_EVENT.PAYLOAD, value(null, MATRIX_EVENT.PAYLOAD))
                .where(owned)
                .and(MATRIX_EVENT.PAYLOAD.isNotNull())
                .execute();
        dsl.deleteFrom(MATRIX_EVENT_DISPATCH)
                .where(MATRIX_EVENT_DISPATCH.EVENT_ID.in(
                        select(MATRIX_EVENT.ID).from(MATRIX_EVENT).where(owned).and(MATRIX_EVENT.PAYLOAD.isNull())))
                .execute();
        return emptied;
    }

    @Override
    public int purge(Tx tx, Instant before, int limit) {
        Condition over = MATRIX_EVENT
                .RECORDED_AT
                .lt(before)
                .and(Subqueries.notExists(selectOne()
                        .from(MATRIX_EVENT_DISPATCH)
                        .where(MATRIX_EVENT_DISPATCH.EVENT_ID.eq(MATRIX_EVENT.ID))));
        return Purge.oldest(JooqTx.of(tx), MATRIX_EVENT, over, MATRIX_EVENT.RECORDED_AT, limit)
                .size();
    }
}
