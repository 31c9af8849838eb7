package dev.matrix.sla.memory;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.ExclusionStore;
import java.util.List;
import java.util.Optional;

final class MemoryExclusionStore implements ExclusionStore {

    private final MemoryTable<String, ExclusionRow> rows = new MemoryTable<>();

    @Override
    public void insert(Tx tx, ExclusionRow row) {
        rows.put(tx, row.id(), row);
    }

    @Override
    public boolean cancel(Tx tx, String id) {
        ExclusionRow former = rows.get(tx, id);
        if (former == null || former.cancelled()) {
            return false;
        }
        rows.put(tx, id, new ExclusionRow(id, former.from(), true, former.json()));
        return true;
    }

    @Override
    public Optional<ExclusionRow> find(Tx tx, String id) {
        return Optional.ofNullable(rows.get(tx, id));
    }

    @Override
    public List<ExclusionRow> inForce(Tx tx) {
        return rows.rows(tx).values().stream().filter(row -> !row.cancelled()).toList();
    }

    @Override
    public Page<ExclusionRow> page(Tx tx, PageRequest page) {
        return Keys.page(rows.rows(tx).values().stream(), page, ExclusionRow::id);
    }

    @Override
    public long version(Tx tx) {
        return rows.rows(tx).values().stream()
                .mapToLong(row -> row.cancelled() ? 2 : 1)
                .sum();
    }
}
