package dev.matrix.analytics.cost.memory;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.spi.CostFactStore;
import dev.matrix.core.Owner;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@link CostFactStore} in memory; one transaction runs at a time, so there is nothing to lock. */
final class MemoryCostFactStore implements CostFactStore {

    private record Key(Owner owner, Instant at, String id) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::owner).thenComparing(Key::at).thenComparing(Key::id);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private static final Comparator<FactRow> FACTS = Comparator.comparing(FactRow::kind)
            .thenComparing(FactRow::subject)
            .thenComparing(FactRow::at)
            .thenComparing(FactRow::sequence)
            .thenComparing(FactRow::eventId);

    private final MemoryTable<Owner, Integer> owners = new MemoryTable<>();
    private final MemoryTable<String, Instant> events = new MemoryTable<>();
    private final MemoryTable<Key, FactRow> facts = new MemoryTable<>();
    private final MemoryTable<Key, UsageRow> usage = new MemoryTable<>();

    @Override
    public void enrol(Tx tx, Owner owner, int part) {
        owners.putIfAbsent(tx, owner, part);
    }

    @Override
    public boolean lock(Tx tx, Owner owner) {
        return owners.get(tx, owner) != null;
    }

    @Override
    public List<Owner> owners(Tx tx, int part, @Nullable Owner after, int limit) {
        Map<Owner, Integer> rest =
                after == null ? owners.rows(tx) : owners.rows(tx).tailMap(after, false);
        return rest.entrySet().stream()
                .filter(row -> row.getValue() == part)
                .map(Map.Entry::getKey)
                .limit(limit)
                .toList();
    }

    @Override
    public void addFacts(Tx tx, List<FactRow> rows) {
        for (FactRow row : rows) {
            if (events.putIfAbsent(tx, row.eventId(), row.at())) {
                facts.put(tx, new Key(row.owner(), row.at(), row.eventId()), row);
            }
        }
    }

    @Override
    public List<FactRow> facts(Tx tx, Owner owner) {
        return own(facts, tx, owner).values().stream().sorted(FACTS).toList();
    }

    private static <V> Map<Key, V> own(MemoryTable<Key, V> table, Tx tx, Owner owner) {
        return table.rows(tx).subMap(new Key(owner, Instant.MIN, ""), new Key(owner, Instant.MAX, ""));
    }

    @Override
    public void addUsage(Tx tx, List<UsageRow> rows) {
        for (UsageRow row : rows) {
            if (events.putIfAbsent(tx, row.eventId(), row.at())) {
                usage.put(tx, new Key(row.owner(), row.at(), row.eventId()), row);
            }
        }
    }

    @Override
    public void usage(Tx tx, Owner owner, Window window, Consumer<UsageRow> sink) {
        usage.rows(tx)
                .subMap(new Key(owner, window.from(), ""), new Key(owner, window.to(), ""))
                .values()
                .forEach(sink);
    }

    @Override
    public Optional<Instant> firstUsage(Tx tx, Owner owner) {
        return own(usage, tx, owner).keySet().stream().findFirst().map(Key::at);
    }

    @Override
    public int erase(Tx tx, Owner owner) {
        List<Key> gone = new ArrayList<>(own(facts, tx, owner).keySet());
        gone.forEach(key -> facts.remove(tx, key));
        List<Key> used = new ArrayList<>(own(usage, tx, owner).keySet());
        used.forEach(key -> usage.remove(tx, key));
        boolean known = owners.remove(tx, owner) != null;
        return gone.size() + used.size() + (known ? 1 : 0);
    }
}
