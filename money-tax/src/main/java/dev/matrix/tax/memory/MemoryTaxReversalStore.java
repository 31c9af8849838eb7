package dev.matrix.tax.memory;

import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.spi.TaxReversalStore;
import java.util.List;
import java.util.Optional;

/** {@link TaxReversalStore} in memory. */
final class MemoryTaxReversalStore implements TaxReversalStore {

    private final MemoryTable<String, ReversalRow> reversals = new MemoryTable<>();
    private final MemoryTable<String, String> references = new MemoryTable<>();

    private static String key(String sellerId, String reference) {
        return sellerId + '\0' + reference;
    }

    @Override
    public boolean insert(Tx tx, ReversalRow row) {
        if (!references.putIfAbsent(tx, key(row.sellerId(), row.reference()), row.id())) {
            return false;
        }
        reversals.put(tx, row.id(), row);
        return true;
    }

    @Override
    public Optional<ReversalRow> find(Tx tx, String sellerId, String reference) {
        return Optional.ofNullable(references.get(tx, key(sellerId, reference))).map(id -> reversals.get(tx, id));
    }

    @Override
    public List<ReversalRow> of(Tx tx, String transactionId) {
        return reversals.rows(tx).values().stream()
                .filter(row -> row.transactionId().equals(transactionId))
                .toList();
    }

    @Override
    public boolean undo(Tx tx, String id, String undoneBy) {
        ReversalRow row = reversals.get(tx, id);
        if (row == null || row.undoneBy() != null) {
            return false;
        }
        reversals.put(
                tx,
                id,
                new ReversalRow(
                        id,
                        row.transactionId(),
                        row.sellerId(),
                        row.reference(),
                        row.reversedAt(),
                        undoneBy,
                        row.json()));
        return true;
    }
}
