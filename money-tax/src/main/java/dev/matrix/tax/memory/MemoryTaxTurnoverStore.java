package dev.matrix.tax.memory;

import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.spi.TaxTurnoverStore;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@link TaxTurnoverStore} in memory. */
final class MemoryTaxTurnoverStore implements TaxTurnoverStore {

    private final MemoryTable<String, TurnoverRow> turnovers = new MemoryTable<>();
    private final MemoryTable<String, Boolean> locks = new MemoryTable<>();
    private final MemoryTable<String, CrossingRow> crossings = new MemoryTable<>();

    private static String key(String... parts) {
        return String.join("\0", parts);
    }

    /** A transaction that has written keeps all others from writing. */
    @Override
    public void lock(Tx tx, String sellerId, Set<String> counts) {
        locks.put(tx, sellerId, Boolean.TRUE);
    }

    @Override
    public void add(Tx tx, String sellerId, List<TurnoverRow> additions) {
        for (TurnoverRow more : additions) {
            String key = key(sellerId, more.counts(), more.month().toString(), more.currency());
            TurnoverRow former = turnovers.get(tx, key);
            turnovers.put(
                    tx,
                    key,
                    former == null
                            ? more
                            : new TurnoverRow(
                                    more.counts(),
                                    more.month(),
                                    more.currency(),
                                    former.amount().add(more.amount()),
                                    former.sales() + more.sales()));
        }
    }

    @Override
    public List<TurnoverRow> since(Tx tx, String sellerId, @Nullable Set<String> counts, YearMonth first) {
        return turnovers.rows(tx).tailMap(key(sellerId, ""), false).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(key(sellerId, "")))
                .map(Map.Entry::getValue)
                .filter(row -> counts == null || counts.contains(row.counts()))
                .filter(row -> !row.month().isBefore(first))
                .toList();
    }

    @Override
    public boolean cross(Tx tx, String sellerId, String threshold, String period) {
        return crossings.putIfAbsent(tx, key(sellerId, threshold, period), new CrossingRow(threshold, period));
    }

    @Override
    public List<CrossingRow> crossings(Tx tx, String sellerId) {
        return crossings.rows(tx).tailMap(key(sellerId, ""), false).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(key(sellerId, "")))
                .map(Map.Entry::getValue)
                .toList();
    }
}
