package dev.matrix.analytics.cost.memory;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.spi.ResourceSampleStore;
import dev.matrix.core.Owner;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** {@link ResourceSampleStore} in memory. */
final class MemoryResourceSampleStore implements ResourceSampleStore {

    private record Key(Owner owner, String resource, Instant from, int seconds) implements Comparable<Key> {

        private static final Comparator<Key> ORDER = Comparator.comparing(Key::owner)
                .thenComparing(Key::resource)
                .thenComparing(Key::from)
                .thenComparing(Key::seconds);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private final MemoryTable<Key, SampleRow> samples = new MemoryTable<>();

    @Override
    public int append(Tx tx, List<SampleRow> rows) {
        int added = 0;
        for (SampleRow row : rows) {
            Key key = new Key(row.owner(), row.resourceId(), row.from(), row.seconds());
            added += samples.putIfAbsent(tx, key, row) ? 1 : 0;
        }
        return added;
    }

    @Override
    public void read(Tx tx, Owner owner, Window window, Consumer<SampleRow> sink) {
        samples.rows(tx).tailMap(new Key(owner, "", Instant.MIN, 0)).values().stream()
                .takeWhile(row -> row.owner().equals(owner))
                .filter(row -> !row.from().isBefore(window.from()) && row.from().isBefore(window.to()))
                .forEach(sink);
    }

    @Override
    public int deleteBefore(Tx tx, Instant cutoff, int limit) {
        return remove(tx, limit, key -> key.from().isBefore(cutoff));
    }

    @Override
    public int erase(Tx tx, Owner owner) {
        return remove(tx, Integer.MAX_VALUE, key -> key.owner().equals(owner));
    }

    private int remove(Tx tx, int limit, Predicate<Key> gone) {
        List<Key> keys =
                samples.rows(tx).keySet().stream().filter(gone).limit(limit).toList();
        keys.forEach(key -> samples.remove(tx, key));
        return keys.size();
    }
}
