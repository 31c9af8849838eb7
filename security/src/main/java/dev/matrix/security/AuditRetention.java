package dev.matrix.security;

import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.AuditEntry.Category;
import dev.matrix.security.spi.AuditRow;
import dev.matrix.security.spi.AuditTreeStore.AuditCheckpointRow;
import dev.matrix.security.spi.AuditTreeStore.AuditLeaf;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Deletes bodies that are older than their category is kept, and tells the log which, in one transaction: a body that is absent and not
 * told of was deleted by somebody else. Only what a checkpoint covers is deleted; hashes stay. It locks the log's head first and reads the
 * holds under that lock, as those who add one do: what a hold that has returned names, stays.
 */
record AuditRetention(AuditStores stores, AuditCheckpoints checkpoints, StoredAuditLog audit) implements Step {

    private static final Duration PAUSE = Duration.ofHours(1);
    private static final int BATCH = 1_000;

    @Override
    public String name() {
        return "security.audit-retention";
    }

    @Override
    public Instant run(Instant now) {
        boolean more = false;
        for (Category category : Category.values()) {
            more |= stores.transactions().returning(tx -> prune(tx, category, now)) == BATCH;
        }
        return more ? now : now.plus(PAUSE);
    }

    private int prune(Tx tx, Category category, Instant now) {
        if (!stores.trees().lockHead(tx, AuditNames.LOG).state().equals(AuditNames.ACTIVE)) {
            return 0;
        }
        long covered = checkpoints.newest(tx).map(AuditCheckpointRow::size).orElse(0L);
        List<String> due = stores
                .entries()
                .due(
                        tx,
                        category.name(),
                        now.minus(category.kept()),
                        AuditNames.PRUNED,
                        stores.holds().all(tx),
                        BATCH)
                .stream()
                .map(AuditRow::id)
                .toList();
        NavigableSet<Long> seqs = new TreeSet<>();
        List<String> ids = new ArrayList<>();
        for (AuditLeaf leaf : stores.trees().leavesOf(tx, due)) {
            if (leaf.seq() < covered) {
                seqs.add(leaf.seq());
                ids.add(leaf.entryId());
            }
        }
        if (!ids.isEmpty()) {
            stores.entries().delete(tx, ids);
            audit.appendPruned(tx, seqs);
        }
        return ids.size();
    }
}
