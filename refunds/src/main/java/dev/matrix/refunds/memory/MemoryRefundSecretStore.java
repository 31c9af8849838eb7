package dev.matrix.refunds.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.RefundSecretStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@link RefundSecretStore} in memory. */
final class MemoryRefundSecretStore implements RefundSecretStore {

    private final MemoryTable<String, SecretRow> rows = new MemoryTable<>();

    private static String key(SecretRow row) {
        return String.format(Locale.ROOT, "%s %s %06d", row.kind(), row.recordId(), row.part());
    }

    @Override
    public void insert(Tx tx, List<SecretRow> parts) {
        parts.forEach(row -> rows.put(tx, key(row), row));
    }

    private List<SecretRow> found(Tx tx, Predicate<SecretRow> wanted) {
        return rows.rows(tx).values().stream().filter(wanted).toList();
    }

    @Override
    public List<SecretRow> of(Tx tx, Kind kind, String recordId) {
        return found(tx, row -> row.kind() == kind && row.recordId().equals(recordId));
    }

    @Override
    public void delete(Tx tx, Kind kind, String recordId) {
        of(tx, kind, recordId).forEach(row -> rows.remove(tx, key(row)));
    }

    @Override
    public int erase(Tx tx, Owner owner) {
        List<SecretRow> own = found(tx, row -> row.owner().equals(owner));
        own.forEach(row -> rows.remove(tx, key(row)));
        return own.size();
    }

    @Override
    public List<SecretRow> after(Tx tx, Kind kind, @Nullable SecretRow last, int limit) {
        return rows.rows(tx).tailMap(last == null ? "" : key(last), false).values().stream()
                .filter(row -> row.kind() == kind)
                .limit(limit)
                .toList();
    }

    @Override
    public boolean replaceIfSame(Tx tx, SecretRow row, byte[] sealed) {
        SecretRow stored = rows.get(tx, key(row));
        if (stored == null || !Arrays.equals(stored.sealed(), row.sealed())) {
            return false;
        }
        rows.put(tx, key(row), new SecretRow(row.kind(), row.recordId(), row.part(), row.owner(), sealed, row.at()));
        return true;
    }

    @Override
    public int forget(Tx tx, Kind kind, Instant before, int limit) {
        List<SecretRow> old = found(tx, row -> row.kind() == kind && row.at().isBefore(before));
        List<SecretRow> first = old.subList(0, Math.min(limit, old.size()));
        first.forEach(row -> rows.remove(tx, key(row)));
        return first.size();
    }
}
