package dev.matrix.analytics.cost.memory;

import dev.matrix.analytics.cost.spi.SavingsLedgerStore;
import dev.matrix.core.Owner;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** {@link SavingsLedgerStore} in memory. */
final class MemorySavingsLedgerStore implements SavingsLedgerStore {

    private record Key(String id, Instant start, int revision) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::id).thenComparing(Key::start).thenComparing(Key::revision);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private final MemoryTable<String, BaselineRow> baselines = new MemoryTable<>();
    private final MemoryTable<Key, LedgerRow> entries = new MemoryTable<>();

    @Override
    public boolean insertBaseline(Tx tx, BaselineRow row) {
        return baselines.putIfAbsent(tx, row.recommendationId(), row);
    }

    @Override
    public Optional<BaselineRow> baseline(Tx tx, Owner owner, String recommendationId) {
        return Optional.ofNullable(baselines.get(tx, recommendationId))
                .filter(row -> row.owner().equals(owner));
    }

    @Override
    public List<BaselineRow> baselines(Tx tx, Owner owner) {
        return baselines.rows(tx).values().stream()
                .filter(row -> row.owner().equals(owner))
                .toList();
    }

    @Override
    public boolean append(Tx tx, LedgerRow row) {
        return entries.putIfAbsent(tx, new Key(row.recommendationId(), row.periodStart(), row.revision()), row);
    }

    @Override
    public List<LedgerRow> entries(Tx tx, Owner owner, String recommendationId) {
        return entries.rows(tx).values().stream()
                .filter(row -> row.recommendationId().equals(recommendationId)
                        && row.owner().equals(owner))
                .toList();
    }

    @Override
    public int erase(Tx tx, Owner owner) {
        List<BaselineRow> own = baselines(tx, owner);
        own.forEach(row -> baselines.remove(tx, row.recommendationId()));
        List<LedgerRow> booked = entries.rows(tx).values().stream()
                .filter(row -> row.owner().equals(owner))
                .toList();
        booked.forEach(row -> entries.remove(tx, new Key(row.recommendationId(), row.periodStart(), row.revision())));
        return own.size() + booked.size();
    }
}
