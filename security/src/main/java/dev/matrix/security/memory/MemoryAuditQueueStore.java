package dev.matrix.security.memory;

import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AuditQueueStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@link AuditQueueStore} in memory. */
final class MemoryAuditQueueStore implements AuditQueueStore {

    private record Key(String log, String entryId) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::log).thenComparing(Key::entryId);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private record Row(Key key, Instant at, boolean aside) {}

    private final MemoryTable<Key, Row> queue = new MemoryTable<>();

    @Override
    public void enqueue(Tx tx, String log, String entryId, Instant at) {
        Key key = new Key(log, entryId);
        queue.put(tx, key, new Row(key, at, false));
    }

    private Stream<Row> rows(Tx tx, String log, boolean aside) {
        return queue.rows(tx).tailMap(new Key(log, ""), true).values().stream()
                .takeWhile(row -> row.key().log().equals(log))
                .filter(row -> row.aside() == aside);
    }

    @Override
    public List<String> oldest(Tx tx, String log, int limit) {
        return rows(tx, log, false).limit(limit).map(row -> row.key().entryId()).toList();
    }

    @Override
    public void remove(Tx tx, String log, Collection<String> entryIds) {
        entryIds.forEach(id -> queue.remove(tx, new Key(log, id)));
    }

    @Override
    public void setAside(Tx tx, String log, Collection<String> entryIds) {
        for (String id : entryIds) {
            Row row = queue.get(tx, new Key(log, id));
            if (row != null) {
                queue.put(tx, row.key(), new Row(row.key(), row.at(), true));
            }
        }
    }

    @Override
    public List<String> aside(Tx tx, String log, int limit) {
        return rows(tx, log, true).limit(limit).map(row -> row.key().entryId()).toList();
    }

    @Override
    public Optional<Instant> waitingSince(Tx tx, String log) {
        return rows(tx, log, false).map(Row::at).min(Comparator.naturalOrder());
    }
}
