package dev.matrix.money.memory;

import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.money.spi.FxSourceStore;
import dev.matrix.money.spi.SourceRow;
import java.util.Optional;

/** {@link FxSourceStore} in memory. */
final class MemoryFxSourceStore implements FxSourceStore {

    private final MemoryTable<String, SourceRow> sources = new MemoryTable<>();

    @Override
    public Optional<SourceRow> find(Tx tx, String name) {
        return Optional.ofNullable(sources.get(tx, name));
    }

    @Override
    public void put(Tx tx, SourceRow row) {
        sources.put(tx, row.name(), row);
    }
}
