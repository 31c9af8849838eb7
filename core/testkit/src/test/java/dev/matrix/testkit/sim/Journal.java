package dev.matrix.testkit.sim;

import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts in the storage how often each event was handled; what rolls back is not counted. */
final class Journal {

    private final MemoryTable<String, Integer> counts = new MemoryTable<>();

    void note(Tx tx, List<StoredEvent> events) {
        for (StoredEvent event : events) {
            String id = event.event().id();
            Integer former = counts.get(tx, id);
            counts.put(tx, id, former == null ? 1 : former + 1);
        }
    }

    Map<String, Integer> counts(Tx tx) {
        return new TreeMap<>(counts.rows(tx));
    }
}
