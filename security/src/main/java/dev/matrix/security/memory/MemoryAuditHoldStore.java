package dev.matrix.security.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AuditHoldStore;
import java.util.List;

/** {@link AuditHoldStore} in memory. */
final class MemoryAuditHoldStore implements AuditHoldStore {

    private final MemoryTable<String, AuditHoldRow> holds = new MemoryTable<>();

    @Override
    public void insert(Tx tx, AuditHoldRow row) {
        holds.put(tx, row.id(), row);
    }

    @Override
    public boolean remove(Tx tx, String id) {
        return holds.remove(tx, id) != null;
    }

    @Override
    public List<AuditHoldRow> all(Tx tx) {
        return List.copyOf(holds.rows(tx).values());
    }

    @Override
    public void blank(Tx tx, String ownerPseudonym) {
        all(tx).stream()
                .filter(row -> ownerPseudonym.equals(row.ownerPseudonym()))
                .forEach(row -> holds.put(
                        tx,
                        row.id(),
                        new AuditHoldRow(
                                row.id(),
                                new Owner(row.owner().type(), ownerPseudonym),
                                ownerPseudonym,
                                row.from(),
                                row.to(),
                                row.keepsPersons())));
    }
}
