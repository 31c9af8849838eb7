package dev.matrix.security.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.FactorGuardRow;
import dev.matrix.security.spi.SecondFactorStore;
import dev.matrix.security.spi.TotpDeviceRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link SecondFactorStore} in memory; one transaction runs at a time, so that no guard needs a lock. */
final class MemorySecondFactorStore implements SecondFactorStore {

    private final MemoryTable<String, TotpDeviceRow> devices = new MemoryTable<>();
    private final MemoryTable<String, FactorGuardRow> guards = new MemoryTable<>();

    static String key(Owner owner, String subjectId) {
        return owner + "\n" + subjectId;
    }

    @Override
    public FactorGuardRow lockGuard(Tx tx, Owner owner, String subjectId, Instant now) {
        return guard(tx, owner, subjectId).orElseGet(() -> {
            FactorGuardRow made = new FactorGuardRow(owner, subjectId, 0, null, 0, now, false);
            saveGuard(tx, made);
            return made;
        });
    }

    @Override
    public Optional<FactorGuardRow> guard(Tx tx, Owner owner, String subjectId) {
        return Optional.ofNullable(guards.get(tx, key(owner, subjectId)));
    }

    @Override
    public void saveGuard(Tx tx, FactorGuardRow row) {
        guards.put(tx, key(row.owner(), row.subjectId()), row);
    }

    @Override
    public List<TotpDeviceRow> devices(Tx tx, Owner owner, String subjectId) {
        return devices.rows(tx).values().stream()
                .filter(row -> row.owner().equals(owner) && row.subjectId().equals(subjectId))
                .toList();
    }

    @Override
    public void insert(Tx tx, TotpDeviceRow row) {
        devices.put(tx, row.id(), row);
    }

    @Override
    public boolean replaceIfVersion(Tx tx, TotpDeviceRow row) {
        TotpDeviceRow stored = devices.get(tx, row.id());
        if (stored == null || stored.version() != row.version() - 1) {
            return false;
        }
        devices.put(tx, row.id(), row);
        return true;
    }

    @Override
    public boolean delete(Tx tx, Owner owner, String subjectId, String id) {
        boolean theirs =
                devices(tx, owner, subjectId).stream().anyMatch(row -> row.id().equals(id));
        return theirs && devices.remove(tx, id) != null;
    }

    @Override
    public List<TotpDeviceRow> after(Tx tx, @Nullable String after, int limit) {
        return devices.rows(tx).tailMap(after == null ? "" : after, false).values().stream()
                .limit(limit)
                .toList();
    }

    @Override
    public void deleteGuard(Tx tx, Owner owner, String subjectId) {
        guards.remove(tx, key(owner, subjectId));
    }
}
