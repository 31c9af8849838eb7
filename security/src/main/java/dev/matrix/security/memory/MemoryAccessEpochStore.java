package dev.matrix.security.memory;

import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AccessEpochStore;
import java.util.Map;

/** {@link AccessEpochStore} in memory. */
final class MemoryAccessEpochStore implements AccessEpochStore {

    private final MemoryTable<Integer, Long> epochs = new MemoryTable<>();

    @Override
    public void bump(Tx tx, int slot) {
        Long former = epochs.get(tx, slot);
        epochs.put(tx, slot, former == null ? 1L : former + 1);
    }

    @Override
    public Map<Integer, Long> all(Tx tx) {
        return Map.copyOf(epochs.rows(tx));
    }
}
