package dev.matrix.security.memory;

import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AuditKeyStore;
import java.util.Arrays;
import java.util.Optional;

/** {@link AuditKeyStore} in memory. */
final class MemoryAuditKeyStore implements AuditKeyStore {

    private final MemoryTable<String, AuditKeyRow> keys = new MemoryTable<>();

    @Override
    public Optional<AuditKeyRow> find(Tx tx, String log) {
        return Optional.ofNullable(keys.get(tx, log));
    }

    @Override
    public boolean insert(Tx tx, AuditKeyRow row) {
        return keys.putIfAbsent(tx, row.log(), row);
    }

    @Override
    public boolean reseal(Tx tx, AuditKeyRow row, byte[] former) {
        AuditKeyRow found = keys.get(tx, row.log());
        if (found == null || !Arrays.equals(found.sealed(), former)) {
            return false;
        }
        keys.put(tx, row.log(), row);
        return true;
    }
}
