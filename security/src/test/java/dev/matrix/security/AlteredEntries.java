package dev.matrix.security;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AuditFilter;
import dev.matrix.security.spi.AuditHoldStore.AuditHoldRow;
import dev.matrix.security.spi.AuditQueueStore;
import dev.matrix.security.spi.AuditRow;
import dev.matrix.security.spi.AuditStore;
import dev.matrix.security.spi.AuditTreeStore;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What somebody with the database in hand can do to entries and checkpoints, which the stores themselves offer no way for. */
final class AlteredEntries {

    private final Map<String, UnaryOperator<@Nullable AuditRow>> changes = new HashMap<>();
    private boolean withoutCheckpoints;

    Stores over(Stores stores) {
        AuditStore real = stores.get(AuditStore.class);
        AuditTreeStore trees = stores.get(AuditTreeStore.class);
        return stores.with(AuditStore.class, new AuditStore() {
                    @Override
                    public boolean insert(Tx tx, AuditRow row) {
                        return real.insert(tx, row);
                    }

                    @Override
                    public List<AuditRow> find(Tx tx, Collection<String> ids) {
                        return real.find(tx, ids).stream()
                                .map(AlteredEntries.this::seen)
                                .filter(Objects::nonNull)
                                .toList();
                    }

                    @Override
                    public Page<AuditRow> page(Tx tx, AuditFilter filter, PageRequest page) {
                        return real.page(tx, filter, page);
                    }

                    @Override
                    public int blank(Tx tx, String pseudonym, int limit) {
                        return real.blank(tx, pseudonym, limit);
                    }

                    @Override
                    public List<AuditRow> due(
                            Tx tx, String category, Instant before, String kept, List<AuditHoldRow> holds, int limit) {
                        return real.due(tx, category, before, kept, holds, limit);
                    }

                    @Override
                    public void delete(Tx tx, Collection<String> ids) {
                        real.delete(tx, ids);
                    }
                })
                .with(AuditTreeStore.class, new ForwardingTreeStore(trees) {
                    @Override
                    public Optional<AuditCheckpointRow> checkpointUpTo(Tx tx, String log, long size) {
                        return withoutCheckpoints ? Optional.empty() : super.checkpointUpTo(tx, log, size);
                    }
                });
    }

    private @Nullable AuditRow seen(AuditRow row) {
        UnaryOperator<@Nullable AuditRow> change = changes.get(row.id());
        return change == null ? row : change.apply(row);
    }

    void change(String id, Consumer<byte[]> change) {
        changes.put(id, row -> {
            byte[] body = Objects.requireNonNull(row).body().clone();
            change.accept(body);
            return with(row, row.action(), body);
        });
    }

    void redirect(String id, String action) {
        changes.put(id, found -> {
            AuditRow row = Objects.requireNonNull(found);
            return with(row, action, row.body());
        });
    }

    private static AuditRow with(AuditRow row, String action, byte[] body) {
        return new AuditRow(
                row.id(),
                row.owner(),
                row.ownerPseudonym(),
                row.actor(),
                row.actorPseudonym(),
                action,
                row.category(),
                row.success(),
                row.at(),
                body);
    }

    void hide(String id) {
        changes.put(id, row -> null);
    }

    void restore() {
        changes.clear();
    }

    void forgetCheckpoints() {
        withoutCheckpoints = true;
    }

    /** As if the transaction of that entry were still open. */
    void delay(Stores stores, String id) {
        stores.transactions()
                .inTransaction(tx -> stores.get(AuditQueueStore.class).remove(tx, AuditNames.LOG, List.of(id)));
    }

    /** The transaction of that entry commits. */
    void arrive(Stores stores, String id, Instant at) {
        stores.transactions()
                .inTransaction(tx -> stores.get(AuditQueueStore.class).enqueue(tx, AuditNames.LOG, id, at));
    }
}
