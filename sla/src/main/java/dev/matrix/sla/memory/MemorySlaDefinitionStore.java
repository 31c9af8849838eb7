package dev.matrix.sla.memory;

import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.SlaDefinitionStore;
import java.util.List;

final class MemorySlaDefinitionStore implements SlaDefinitionStore {

    private final MemoryTable<String, DefinitionRow> rows = new MemoryTable<>();

    @Override
    public boolean insert(Tx tx, DefinitionRow row) {
        return rows.putIfAbsent(tx, Keys.of(row.tier(), Keys.sorted(row.version())), row);
    }

    @Override
    public List<DefinitionRow> versions(Tx tx, String tier) {
        return rows.rows(tx).values().stream()
                .filter(row -> row.tier().equals(tier))
                .toList();
    }

    @Override
    public List<DefinitionRow> all(Tx tx) {
        return List.copyOf(rows.rows(tx).values());
    }

    @Override
    public long count(Tx tx) {
        return rows.rows(tx).size();
    }
}
