package dev.matrix.sla.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.AlertStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class MemoryAlertStore implements AlertStore {

    private final MemoryTable<String, AlertRow> rows = new MemoryTable<>();

    @Override
    public boolean insert(Tx tx, AlertRow row) {
        boolean taken = row.openKey() != null
                && rows.rows(tx).values().stream()
                        .anyMatch(each -> row.openKey().equals(each.openKey()));
        return !taken && rows.putIfAbsent(tx, row.id(), row);
    }

    @Override
    public boolean replaceIfVersion(Tx tx, AlertRow row) {
        AlertRow former = rows.get(tx, row.id());
        if (former == null || former.version() != row.version() - 1) {
            return false;
        }
        rows.put(tx, row.id(), row);
        return true;
    }

    @Override
    public Optional<AlertRow> find(Tx tx, String id) {
        return Optional.ofNullable(rows.get(tx, id));
    }

    @Override
    public List<AlertRow> open(Tx tx, String subscription) {
        return rows.rows(tx).values().stream()
                .filter(row -> row.subscription().equals(subscription) && row.openKey() != null)
                .toList();
    }

    @Override
    public Page<AlertRow> page(
            Tx tx, @Nullable Owner owner, @Nullable String subscription, boolean openOnly, PageRequest page) {
        return Keys.page(
                rows.rows(tx).values().stream()
                        .filter(row -> owner == null || row.owner().equals(owner))
                        .filter(row ->
                                subscription == null || row.subscription().equals(subscription))
                        .filter(row -> !openOnly || row.openKey() != null),
                page,
                AlertRow::id);
    }

    @Override
    public int rename(Tx tx, Owner owner, Owner pseudonym) {
        List<AlertRow> own = rows.rows(tx).values().stream()
                .filter(row -> row.owner().equals(owner))
                .toList();
        own.forEach(row -> rows.put(
                tx,
                row.id(),
                new AlertRow(row.id(), row.subscription(), pseudonym, row.version() + 1, row.openKey(), row.json())));
        return own.size();
    }
}
