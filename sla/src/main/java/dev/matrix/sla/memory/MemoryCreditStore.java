package dev.matrix.sla.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.CreditStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class MemoryCreditStore implements CreditStore {

    private final MemoryTable<String, CreditRow> rows = new MemoryTable<>();

    @Override
    public boolean insert(Tx tx, CreditRow row) {
        boolean taken =
                rows.rows(tx).values().stream().anyMatch(each -> each.key().equals(row.key()));
        return !taken && rows.putIfAbsent(tx, row.id(), row);
    }

    @Override
    public boolean replaceIfVersion(Tx tx, CreditRow row) {
        CreditRow former = rows.get(tx, row.id());
        if (former == null || former.version() != row.version() - 1) {
            return false;
        }
        rows.put(tx, row.id(), row);
        return true;
    }

    @Override
    public Optional<CreditRow> find(Tx tx, String id) {
        return Optional.ofNullable(rows.get(tx, id));
    }

    @Override
    public List<CreditRow> of(Tx tx, String subscription, Instant from) {
        return rows.rows(tx).values().stream()
                .filter(row -> row.subscription().equals(subscription)
                        && !row.periodStart().isBefore(from))
                .toList();
    }

    @Override
    public Page<CreditRow> page(
            Tx tx, @Nullable Owner owner, @Nullable String subscription, @Nullable String state, PageRequest page) {
        return Keys.page(
                rows.rows(tx).values().stream()
                        .filter(row -> owner == null || row.owner().equals(owner))
                        .filter(row ->
                                subscription == null || row.subscription().equals(subscription))
                        .filter(row -> state == null || row.state().equals(state)),
                page,
                CreditRow::id);
    }

    @Override
    public int rename(Tx tx, Owner owner, Owner pseudonym) {
        List<CreditRow> own = rows.rows(tx).values().stream()
                .filter(row -> row.owner().equals(owner))
                .toList();
        own.forEach(row -> rows.put(
                tx,
                row.id(),
                new CreditRow(
                        row.id(),
                        row.key(),
                        row.subscription(),
                        pseudonym,
                        row.version() + 1,
                        row.state(),
                        row.periodStart(),
                        row.json())));
        return own.size();
    }
}
