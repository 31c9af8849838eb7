package dev.matrix.sla.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.SlaBindingStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class MemorySlaBindingStore implements SlaBindingStore {

    private final MemoryTable<String, Bound> rows = new MemoryTable<>();
    private final MemoryTable<String, SnapshotRow> snapshots = new MemoryTable<>();

    @Override
    public SubscriptionRow lock(Tx tx, String subscription, Owner owner) {
        Bound known = rows.get(tx, subscription);
        if (known == null) {
            long series = 1
                    + rows.rows(tx).values().stream()
                            .mapToLong(each -> each.subscription().series())
                            .max()
                            .orElse(0);
            known = new Bound(new SubscriptionRow(subscription, series, owner, 1, null), List.of());
            rows.put(tx, subscription, known);
        }
        return known.subscription();
    }

    @Override
    public void replace(Tx tx, SubscriptionRow locked, List<BindingRow> bindings) {
        SubscriptionRow raised = new SubscriptionRow(
                locked.id(), locked.series(), locked.owner(), locked.version() + 1, locked.closedTo());
        rows.put(tx, locked.id(), new Bound(raised, List.copyOf(bindings)));
    }

    @Override
    public Optional<Bound> find(Tx tx, String subscription) {
        return Optional.ofNullable(rows.get(tx, subscription));
    }

    @Override
    public Page<Bound> page(Tx tx, @Nullable Owner owner, PageRequest page) {
        return Keys.page(
                rows.rows(tx).values().stream()
                        .filter(each ->
                                owner == null || each.subscription().owner().equals(owner)),
                page,
                each -> each.subscription().id());
    }

    @Override
    public long version(Tx tx) {
        return rows.rows(tx).values().stream()
                .mapToLong(each -> each.subscription().version())
                .sum();
    }

    @Override
    public void keep(Tx tx, SnapshotRow snapshot) {
        snapshots.putIfAbsent(
                tx,
                Keys.of(
                        snapshot.subscription(),
                        Keys.sorted(snapshot.effectiveAt()),
                        Keys.sorted(snapshot.sequence()),
                        snapshot.eventId()),
                snapshot);
    }

    @Override
    public List<SnapshotRow> snapshots(Tx tx, String subscription) {
        return snapshots.rows(tx).values().stream()
                .filter(each -> each.subscription().equals(subscription))
                .toList();
    }

    @Override
    public int rename(Tx tx, Owner owner, Owner pseudonym) {
        List<Bound> own = rows.rows(tx).values().stream()
                .filter(each -> each.subscription().owner().equals(owner))
                .toList();
        for (Bound each : own) {
            SubscriptionRow row = each.subscription();
            rows.put(
                    tx,
                    row.id(),
                    new Bound(
                            new SubscriptionRow(row.id(), row.series(), pseudonym, row.version() + 1, row.closedTo()),
                            each.bindings()));
        }
        return own.size();
    }
}
