package dev.matrix.jooq;

import dev.matrix.core.Owner;
import dev.matrix.core.event.spi.EventRow;
import dev.matrix.core.event.spi.NewEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The rows that stand in the way of events, by id and by idempotency key. */
final class TakenEvents {

    private static final String FIND = """
            select id, owner_type, owner_id, idem_key, fingerprint from matrix_event
            where id in (select * from unnest({0}))
            union all
            select e.id, e.owner_type, e.owner_id, e.idem_key, e.fingerprint
            from unnest({1}, {2}, {3}) as k (owner_type, owner_id, idem_key)
            join matrix_event e
              on e.owner_type = k.owner_type and e.owner_id = k.owner_id and e.idem_key = k.idem_key
            """;

    /** A row that was there first. */
    record Taken(String id, byte[] fingerprint) {}

    private record Key(Owner owner, String key) {}

    private final Map<String, Taken> byId = new HashMap<>();
    private final Map<Key, Taken> byKey = new HashMap<>();

    private TakenEvents() {}

    static TakenEvents by(JooqTx tx, List<NewEvent> events) {
        TakenEvents taken = new TakenEvents();
        if (!events.isEmpty()) {
            List<EventRow> rows = events.stream().map(NewEvent::row).toList();
            List<EventRow> keyed =
                    rows.stream().filter(row -> row.key() != null).toList();
            tx.dsl()
                    .fetch(
                            FIND,
                            DSL.val(rows.stream().map(EventRow::id).toArray(String[]::new)),
                            DSL.val(keyed.stream()
                                    .map(row -> Owners.type(row.owner()))
                                    .toArray(Short[]::new)),
                            DSL.val(keyed.stream().map(row -> row.owner().id()).toArray(String[]::new)),
                            DSL.val(keyed.stream().map(EventRow::key).toArray(String[]::new)))
                    .forEach(taken::add);
        }
        return taken;
    }

    private void add(Record row) {
        Taken former = new Taken(row.get(0, String.class), row.get(4, byte[].class));
        byId.put(former.id(), former);
        String key = row.get(3, String.class);
        if (key != null) {
            byKey.put(new Key(Owners.of(row.get(1, Short.class), row.get(2, String.class)), key), former);
        }
    }

    /** The row that an event repeats: of its key, else of its id; null where there is none any more. */
    @Nullable
    Taken of(EventRow event) {
        Taken sameKey = event.key() == null ? null : byKey.get(new Key(event.owner(), event.key()));
        return sameKey != null ? sameKey : byId.get(event.id());
    }
}
