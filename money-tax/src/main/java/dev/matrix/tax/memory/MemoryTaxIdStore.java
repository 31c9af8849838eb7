package dev.matrix.tax.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.spi.TaxIdRow;
import dev.matrix.tax.spi.TaxIdStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link TaxIdStore} in memory. */
final class MemoryTaxIdStore implements TaxIdStore {

    private record Due(Instant at, TaxIdRow row) {}

    private final MemoryTable<String, TaxIdRow> rows = new MemoryTable<>();
    private final MemoryTable<String, SortedSet<Owner>> watchers = new MemoryTable<>();

    @Override
    public Optional<TaxIdRow> find(Tx tx, TaxId id) {
        return Optional.ofNullable(rows.get(tx, id.text()));
    }

    @Override
    public boolean insert(Tx tx, TaxIdRow row) {
        return rows.putIfAbsent(tx, row.id().text(), row);
    }

    @Override
    public boolean replaceIfVersion(Tx tx, TaxIdRow row) {
        TaxIdRow stored = rows.get(tx, row.id().text());
        if (stored == null || stored.version() != row.version()) {
            return false;
        }
        rows.put(tx, row.id().text(), row.withVersion(row.version() + 1));
        return true;
    }

    @Override
    public List<TaxIdRow> due(Tx tx, Instant now, Collection<String> prefixes, int limit) {
        return scheduled(tx, prefixes)
                .filter(due -> !due.at().isAfter(now))
                .map(Due::row)
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Instant> nextDue(Tx tx, Collection<String> prefixes) {
        return scheduled(tx, prefixes).map(Due::at).findFirst();
    }

    private Stream<Due> scheduled(Tx tx, Collection<String> prefixes) {
        return rows.rows(tx).values().stream()
                .filter(row -> prefixes.contains(row.id().prefix()))
                .flatMap(row -> due(row).stream())
                .sorted(Comparator.comparing(Due::at));
    }

    private static Optional<Due> due(TaxIdRow row) {
        Instant at = row.dueAt();
        return at == null ? Optional.empty() : Optional.of(new Due(at, row));
    }

    @Override
    public boolean watch(Tx tx, TaxId id, Owner owner) {
        SortedSet<Owner> more = new TreeSet<>(owners(tx, id));
        boolean added = more.add(owner);
        watchers.put(tx, id.text(), more);
        return added;
    }

    @Override
    public boolean unwatch(Tx tx, TaxId id, Owner owner) {
        SortedSet<Owner> fewer = new TreeSet<>(owners(tx, id));
        boolean removed = fewer.remove(owner);
        watchers.put(tx, id.text(), fewer);
        return removed;
    }

    @Override
    public int unwatchAll(Tx tx, Owner owner) {
        List<String> watched = watchers.rows(tx).entrySet().stream()
                .filter(entry -> entry.getValue().contains(owner))
                .map(Map.Entry::getKey)
                .toList();
        watched.forEach(id -> {
            SortedSet<Owner> fewer = new TreeSet<>(watchers.rows(tx).getOrDefault(id, new TreeSet<>()));
            fewer.remove(owner);
            watchers.put(tx, id, fewer);
        });
        return watched.size();
    }

    @Override
    public List<Owner> watchers(Tx tx, TaxId id) {
        return List.copyOf(owners(tx, id));
    }

    private SortedSet<Owner> owners(Tx tx, TaxId id) {
        @Nullable SortedSet<Owner> owners = watchers.get(tx, id.text());
        return owners == null ? new TreeSet<>() : owners;
    }
}
