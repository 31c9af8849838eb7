package dev.matrix.security.memory;

import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AuditCursorStore;

/** {@link AuditCursorStore} in memory. */
final class MemoryAuditCursorStore implements AuditCursorStore {

    private final MemoryTable<String, Long> cursors = new MemoryTable<>();

    @Override
    public long find(Tx tx, String name) {
        Long next = cursors.get(tx, name);
        return next == null ? 0 : next;
    }

    @Override
    public boolean advance(Tx tx, String name, long from, long to) {
        if (find(tx, name) != from) {
            return false;
        }
        cursors.put(tx, name, to);
        return true;
    }

    @Override
    public void put(Tx tx, String name, long next) {
        cursors.put(tx, name, next);
    }
}
