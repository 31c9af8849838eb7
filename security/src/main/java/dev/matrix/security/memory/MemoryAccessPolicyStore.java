package dev.matrix.security.memory;

import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AccessPolicyRow;
import dev.matrix.security.spi.AccessPolicyStore;
import java.util.Optional;

/** {@link AccessPolicyStore} in memory. */
final class MemoryAccessPolicyStore implements AccessPolicyStore {

    private final MemoryTable<String, AccessPolicyRow> policies = new MemoryTable<>();

    @Override
    public Optional<AccessPolicyRow> find(Tx tx, String scope) {
        return Optional.ofNullable(policies.get(tx, scope));
    }

    @Override
    public boolean replaceIfVersion(Tx tx, AccessPolicyRow row) {
        long stored = find(tx, row.scope()).map(AccessPolicyRow::version).orElse(0L);
        if (stored != row.version() - 1) {
            return false;
        }
        policies.put(tx, row.scope(), row);
        return true;
    }
}
