package dev.matrix.analytics.memory;

import dev.matrix.analytics.spi.ChartStore;
import dev.matrix.core.Owner;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@link ChartStore} in memory. */
final class MemoryChartStore implements ChartStore {

    private final MemoryTable<String, ChartRow> charts = new MemoryTable<>();

    @Override
    public void insert(Tx tx, ChartRow row) {
        charts.put(tx, row.id(), row);
    }

    @Override
    public Optional<ChartRow> find(Tx tx, String id, Instant now) {
        return Optional.ofNullable(charts.get(tx, id))
                .filter(row -> row.expiresAt().isAfter(now));
    }

    @Override
    public int count(Tx tx, Owner owner, Instant now) {
        return (int) charts.rows(tx).values().stream()
                .filter(row -> row.owner().equals(owner) && row.expiresAt().isAfter(now))
                .count();
    }

    @Override
    public void deleteOwned(Tx tx, Owner owner) {
        charts.rows(tx).values().stream()
                .filter(row -> row.owner().equals(owner))
                .map(ChartRow::id)
                .toList()
                .forEach(id -> charts.remove(tx, id));
    }

    @Override
    public int deleteExpired(Tx tx, Instant now, int limit) {
        List<String> expired = charts.rows(tx).values().stream()
                .filter(row -> !row.expiresAt().isAfter(now))
                .limit(limit)
                .map(ChartRow::id)
                .toList();
        expired.forEach(id -> charts.remove(tx, id));
        return expired.size();
    }
}
