package dev.matrix.core.memory;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
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
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@link EventStore} in memory. */
final class MemoryEventStore implements EventStore {

    private final MemoryEvents events;

    MemoryEventStore(MemoryEvents events) {
        this.events = events;
    }

    @Override
    public List<Published> append(Tx tx, List<NewEvent> added) {
        List<Published> results = new ArrayList<>(added.size());
        List<EventRow> inserted = new ArrayList<>(added.size());
        for (NewEvent event : added) {
            MemoryEvents.Event former = taken(tx, event);
            if (former == null) {
                events.insert(tx, event);
                inserted.add(event.row());
            } else if (!Arrays.equals(former.fingerprint(), event.fingerprint())) {
                inserted.forEach(row -> events.delete(tx, row));
                throw new ConflictException("Event " + former.row().id() + " has the same id or idempotency key as "
                        + event.row().id() + " but other content. Publish other content under another key.");
            }
            results.add(
                    former == null
                            ? new Published(event.row().id(), false)
                            : new Published(former.row().id(), true));
        }
        return results;
    }

    private MemoryEvents.@Nullable Event taken(Tx tx, NewEvent event) {
        if (!event.mayBeTaken()) {
            return null;
        }
        EventRow row = event.row();
        String byKey = row.key() == null ? null : events.idByKey(tx, row.owner(), row.key());
        return events.get(tx, byKey == null ? row.id() : byKey);
    }

    @Override
    public List<EventRow> load(Tx tx, Collection<String> ids) {
        List<EventRow> rows = new ArrayList<>(ids.size());
        for (String id : new TreeSet<>(ids)) {
            MemoryEvents.Event event = events.get(tx, id);
            if (event != null) {
                rows.add(event.row());
            }
        }
        return rows;
    }

    @Override
    public Page<EventRow> page(Tx tx, EventQuery query, PageRequest page) {
        List<EventRow> rows = events.after(tx, page.cursor())
                .map(MemoryEvents.Event::row)
                .filter(row -> row.payload() != null && MemoryEvents.matches(query, row))
                .limit(page.limit() + 1L)
                .toList();
        return Page.of(rows, page, EventRow::id);
    }

    @Override
    public int erase(Tx tx, Owner owner) {
        List<MemoryEvents.Event> owned = events.after(tx, null)
                .filter(event ->
                        event.row().owner().equals(owner) && event.row().payload() != null)
                .toList();
        owned.forEach(event -> events.erase(tx, event));
        return owned.size();
    }

    @Override
    public int purge(Tx tx, Instant before, int limit) {
        List<EventRow> old = events.after(tx, null)
                .map(MemoryEvents.Event::row)
                .filter(row -> row.recordedAt().isBefore(before) && !events.isQueued(tx, row.id()))
                .limit(limit)
                .toList();
        old.forEach(row -> events.delete(tx, row));
        return old.size();
    }
}
