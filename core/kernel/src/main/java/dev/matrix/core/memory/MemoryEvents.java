package dev.matrix.core.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.spi.EventRow;
import dev.matrix.core.event.spi.NewEvent;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tables that events and their queue share. */
final class MemoryEvents {

    /** An event with what only its store needs. */
    record Event(EventRow row, byte[] fingerprint, Set<String> addressed) {}

    enum State {
        OPEN,
        FAILED,
        SKIPPED
    }

    /** A queue row. {@code available} is when it is due, or while claimed when its lease ends. */
    record Queued(State state, Instant available, long token, int attempts, String error) {}

    /** Event first, so that an event's rows lie together. */
    record QueueKey(String eventId, String subscriber) implements Comparable<QueueKey> {

        private static final Comparator<QueueKey> ORDER =
                Comparator.comparing(QueueKey::eventId).thenComparing(QueueKey::subscriber);

        @Override
        public int compareTo(QueueKey other) {
            return ORDER.compare(this, other);
        }
    }

    /** Orders open rows by subscriber, then due time, then event. */
    record DueKey(String subscriber, Instant available, String eventId) implements Comparable<DueKey> {

        private static final Comparator<DueKey> ORDER = Comparator.comparing(DueKey::subscriber)
                .thenComparing(DueKey::available)
                .thenComparing(DueKey::eventId);

        @Override
        public int compareTo(DueKey other) {
            return ORDER.compare(this, other);
        }
    }

    private record IdempotencyKey(Owner owner, String key) implements Comparable<IdempotencyKey> {

        private static final Comparator<IdempotencyKey> ORDER =
                Comparator.comparing(IdempotencyKey::owner).thenComparing(IdempotencyKey::key);

        @Override
        public int compareTo(IdempotencyKey other) {
            return ORDER.compare(this, other);
        }
    }

    private final MemoryTable<String, Event> events = new MemoryTable<>();
    private final MemoryTable<IdempotencyKey, String> keys = new MemoryTable<>();
    private final MemoryTable<QueueKey, Queued> queue = new MemoryTable<>();
    private final MemoryTable<DueKey, QueueKey> due = new MemoryTable<>();

    @Nullable
    Event get(Tx tx, String id) {
        return events.get(tx, id);
    }

    @Nullable
    String idByKey(Tx tx, Owner owner, String key) {
        return keys.get(tx, new IdempotencyKey(owner, key));
    }

    Stream<Event> after(Tx tx, @Nullable String id) {
        NavigableMap<String, Event> rows = events.rows(tx);
        return (id == null ? rows : rows.tailMap(id, false)).values().stream();
    }

    void insert(Tx tx, NewEvent event) {
        EventRow row = event.row();
        events.put(tx, row.id(), new Event(row, event.fingerprint(), event.addressed()));
        if (row.key() != null) {
            keys.put(tx, new IdempotencyKey(row.owner(), row.key()), row.id());
        }
        event.queuedFor().forEach(name -> enqueue(tx, row.id(), name, row.recordedAt()));
    }

    void delete(Tx tx, EventRow row) {
        events.remove(tx, row.id());
        if (row.key() != null) {
            keys.remove(tx, new IdempotencyKey(row.owner(), row.key()));
        }
        queueOf(tx, row.id()).forEach(key -> dequeue(tx, key));
    }

    void erase(Tx tx, Event event) {
        EventRow row = event.row();
        EventRow empty = new EventRow(
                row.id(),
                row.type(),
                row.version(),
                row.owner(),
                row.subject(),
                row.occurredAt(),
                row.recordedAt(),
                row.visibleTo(),
                row.key(),
                null);
        events.put(tx, row.id(), new Event(empty, event.fingerprint(), event.addressed()));
        queueOf(tx, row.id()).forEach(key -> dequeue(tx, key));
    }

    void address(Tx tx, Event event, String subscriber) {
        Set<String> addressed = new TreeSet<>(event.addressed());
        addressed.add(subscriber);
        events.put(tx, event.row().id(), new Event(event.row(), event.fingerprint(), Set.copyOf(addressed)));
    }

    boolean isQueued(Tx tx, String eventId) {
        return !queueOf(tx, eventId).isEmpty();
    }

    private Set<QueueKey> queueOf(Tx tx, String eventId) {
        NavigableMap<QueueKey, Queued> rows = queue.rows(tx);
        return new TreeSet<>(rows.subMap(new QueueKey(eventId, ""), true, new QueueKey(eventId, "\uffff"), true)
                .keySet());
    }

    boolean enqueue(Tx tx, String eventId, String subscriber, Instant at) {
        QueueKey key = new QueueKey(eventId, subscriber);
        if (queue.get(tx, key) != null) {
            return false;
        }
        replace(tx, key, new Queued(State.OPEN, at, 0, 0, ""));
        return true;
    }

    @Nullable
    Queued queued(Tx tx, QueueKey key) {
        return queue.get(tx, key);
    }

    void replace(Tx tx, QueueKey key, Queued row) {
        dequeue(tx, key);
        queue.put(tx, key, row);
        if (row.state() == State.OPEN) {
            due.put(tx, new DueKey(key.subscriber(), row.available(), key.eventId()), key);
        }
    }

    void dequeue(Tx tx, QueueKey key) {
        Queued former = queue.remove(tx, key);
        if (former != null) {
            due.remove(tx, new DueKey(key.subscriber(), former.available(), key.eventId()));
        }
    }

    /** The open rows of a subscriber that are available at {@code now}, longest first. */
    Stream<QueueKey> due(Tx tx, String subscriber, Instant now) {
        return due
                .rows(tx)
                .subMap(new DueKey(subscriber, Instant.MIN, ""), true, new DueKey(subscriber, now, "\uffff"), true)
                .values()
                .stream();
    }

    NavigableMap<QueueKey, Queued> queue(Tx tx) {
        return queue.rows(tx);
    }

    static boolean matches(EventQuery query, EventRow row) {
        return (query.owner() == null || query.owner().equals(row.owner()))
                && (query.types().isEmpty() || query.types().contains(row.type()))
                && (query.since() == null || !row.recordedAt().isBefore(query.since()))
                && (query.until() == null || row.recordedAt().isBefore(query.until()));
    }
}
