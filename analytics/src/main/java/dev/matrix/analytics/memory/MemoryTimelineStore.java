package dev.matrix.analytics.memory;

import dev.matrix.analytics.spi.TimelineStore;
import dev.matrix.analytics.spi.VersionRow;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;

/** {@link TimelineStore} in memory; one transaction runs at a time, so there is nothing to lock. */
final class MemoryTimelineStore implements TimelineStore {

    private final MemoryTable<String, VersionRow> versions = new MemoryTable<>();
    private final MemoryTable<Integer, List<VersionRow>> byCustomer = new MemoryTable<>();
    private final MemoryTable<String, String> rejected = new MemoryTable<>();

    @Override
    public void lockCustomers(Tx tx, SortedSet<Integer> customers) {
        byCustomer.rows(tx);
    }

    @Override
    public List<VersionRow> versions(Tx tx, Collection<Integer> customers) {
        List<VersionRow> found = new ArrayList<>();
        for (Integer customer : new HashSet<>(customers)) {
            List<VersionRow> own = byCustomer.get(tx, customer);
            if (own != null) {
                found.addAll(own);
            }
        }
        return found;
    }

    @Override
    public Set<String> insertVersions(Tx tx, List<VersionRow> rows) {
        Set<String> inserted = new HashSet<>();
        for (VersionRow row : rows) {
            if (versions.putIfAbsent(tx, row.eventId(), row)) {
                inserted.add(row.eventId());
                List<VersionRow> former = byCustomer.get(tx, row.customer());
                List<VersionRow> own = new ArrayList<>(former == null ? List.of() : former);
                own.add(row);
                byCustomer.put(tx, row.customer(), own);
            }
        }
        return inserted;
    }

    @Override
    public Set<String> known(Tx tx, Collection<String> eventIds) {
        Set<String> known = new HashSet<>(eventIds);
        known.removeIf(id -> versions.get(tx, id) == null);
        return known;
    }

    @Override
    public void replaceTerms(Tx tx, List<VersionRow> rows) {
        for (VersionRow row : rows) {
            versions.put(tx, row.eventId(), row);
            List<VersionRow> own = new ArrayList<>(versions(tx, List.of(row.customer())));
            own.replaceAll(former -> former.eventId().equals(row.eventId()) ? row : former);
            byCustomer.put(tx, row.customer(), own);
        }
    }

    @Override
    public List<VersionRow> scan(Tx tx, int after, int customers) {
        return byCustomer.rows(tx).tailMap(after, false).values().stream()
                .limit(customers)
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void reject(Tx tx, String eventId, String reason, Instant recordedAt) {
        rejected.putIfAbsent(tx, eventId, reason);
    }

    @Override
    public Map<String, Long> rejected(Tx tx) {
        Map<String, Long> counts = new TreeMap<>();
        rejected.rows(tx).values().forEach(reason -> counts.merge(reason, 1L, Long::sum));
        return counts;
    }
}
