package dev.matrix.tax.memory;

import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.spi.TaxCalculationStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link TaxCalculationStore} in memory. */
final class MemoryTaxCalculationStore implements TaxCalculationStore {

    private record Kept(String json, Instant expiresAt) {}

    private final MemoryTable<String, Kept> calculations = new MemoryTable<>();

    @Override
    public void insert(Tx tx, String id, String json, Instant expiresAt) {
        calculations.put(tx, id, new Kept(json, expiresAt));
    }

    @Override
    public Optional<String> find(Tx tx, String id, Instant now) {
        return Optional.ofNullable(calculations.get(tx, id))
                .filter(kept -> kept.expiresAt().isAfter(now))
                .map(Kept::json);
    }

    @Override
    public int purge(Tx tx, Instant now, int limit) {
        List<String> expired = calculations.rows(tx).entrySet().stream()
                .filter(entry -> !entry.getValue().expiresAt().isAfter(now))
                .map(Map.Entry::getKey)
                .limit(limit)
                .toList();
        expired.forEach(id -> calculations.remove(tx, id));
        return expired.size();
    }
}
