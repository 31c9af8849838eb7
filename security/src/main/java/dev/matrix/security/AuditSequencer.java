package dev.matrix.security;

import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AuditRow;
import dev.matrix.security.spi.AuditTreeStore.AuditHead;
import dev.matrix.security.spi.AuditTreeStore.AuditLeaf;
import dev.matrix.security.spi.SecurityAlarm.Kind;
import dev.matrix.security.tree.MerkleTree;
import dev.matrix.security.tree.Tile;
import dev.matrix.security.tree.TileGrowth;
import dev.matrix.security.tree.TreeHash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives entries that have committed their numbers and adds them to the tree, on one node at a time, and has checkpoints signed. Each
 * batch is one transaction that first checks that the lease still is this node's and locks the log's head: a node that was paused past its
 * lease commits nothing, and a commit in doubt is judged by the head that is read next. A number is given after the entry's commit,
 * so none is lost to a rollback; an entry that commits late gets a later number.
 */
final class AuditSequencer implements Step {

    static final String NAME = "security.audit";

    private static final String LEASE = "audit/" + AuditNames.LOG;
    private static final Duration TTL = Duration.ofSeconds(10);
    private static final Duration RENEWED_BEFORE = Duration.ofSeconds(7);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int BATCH = 1_000;
    private static final int OVERTAKEN = -1;

    private final AuditStores stores;
    private final LeaseStore leases;
    private final AuditCheckpoints checkpoints;
    private final Alarms alarms;
    private final String node;
    private volatile @Nullable Lease lease;

    AuditSequencer(AuditStores stores, LeaseStore leases, AuditCheckpoints checkpoints, Alarms alarms, String node) {
        this.stores = stores;
        this.leases = leases;
        this.checkpoints = checkpoints;
        this.alarms = alarms;
        this.node = node;
    }

    /** This node's lease, for those who do what only the sequencing node does; null: another node has it. */
    @Nullable
    Lease lease() {
        return lease;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Instant run(Instant now) {
        Lease own = lead(now);
        if (own == null) {
            return now.plus(PAUSE);
        }
        int taken = stores.transactions().returning(tx -> sequence(tx, own, now));
        if (taken == OVERTAKEN) {
            lease = null;
            return now.plus(PAUSE);
        }
        checkpoints.signIfDue(own, now);
        return taken == BATCH ? now : now.plus(PAUSE);
    }

    @Override
    public void finish(Instant now) {
        Lease own = lease;
        if (own != null) {
            lease = null;
            stores.transactions().inTransaction(tx -> leases.release(tx, own));
        }
    }

    /** This node's lease; null while another node has it. */
    private @Nullable Lease lead(Instant now) {
        Lease own = lease;
        if (own != null && now.isBefore(own.until().minus(RENEWED_BEFORE))) {
            return own;
        }
        if (own != null && stores.transactions().returning(tx -> leases.renew(tx, own, now, TTL))) {
            lease = own.until(now.plus(TTL));
        } else {
            lease = null;
            lease = stores.transactions()
                    .returning(tx -> leases.acquire(tx, LEASE, node, now, TTL))
                    .orElse(null);
        }
        return lease;
    }

    /** Numbers one batch; returns how many rows it took, or that the lease is another node's. */
    private int sequence(Tx tx, Lease own, Instant now) {
        if (!leases.holds(tx, own)) {
            return OVERTAKEN;
        }
        AuditHead head = stores.trees().lockHead(tx, AuditNames.LOG);
        List<String> ids =
                head.state().equals(AuditNames.ACTIVE) ? stores.queue().oldest(tx, AuditNames.LOG, BATCH) : List.of();
        if (ids.isEmpty()) {
            return 0;
        }
        Map<String, byte[]> bodies = new HashMap<>();
        for (AuditRow row : stores.entries().find(tx, ids)) {
            bodies.put(row.id(), row.body());
        }
        List<AuditLeaf> leaves = new ArrayList<>();
        List<TreeHash> hashes = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (String id : ids) {
            byte[] body = bodies.get(id);
            if (body == null) {
                without.add(id);
            } else {
                leaves.add(new AuditLeaf(head.size() + leaves.size(), id));
                hashes.add(TreeHash.ofLeaf(body));
            }
        }
        setAside(tx, without, now);
        grow(tx, head, leaves, hashes);
        return ids.size();
    }

    private void setAside(Tx tx, List<String> without, Instant now) {
        if (!without.isEmpty()) {
            alarms.raise(
                    Kind.AUDIT_ENTRY_MISSING,
                    without.get(0),
                    "Audit entries were deleted before they had a number: " + without + ".",
                    now);
            stores.queue().setAside(tx, AuditNames.LOG, without);
        }
    }

    private void grow(Tx tx, AuditHead head, List<AuditLeaf> leaves, List<TreeHash> hashes) {
        if (leaves.isEmpty()) {
            return;
        }
        SortedMap<Tile, byte[]> changed = TileGrowth.grow(head.size(), hashes, tile -> stores.tile(tx, tile));
        changed.forEach((tile, bytes) -> stores.trees().putTile(tx, AuditNames.LOG, tile.level(), tile.index(), bytes));
        stores.trees().addLeaves(tx, AuditNames.LOG, leaves);
        stores.queue()
                .remove(
                        tx,
                        AuditNames.LOG,
                        leaves.stream().map(AuditLeaf::entryId).toList());
        long size = head.size() + leaves.size();
        TreeHash root = new MerkleTree(size, tile -> {
                    byte[] bytes = changed.get(tile);
                    return bytes == null ? stores.tile(tx, tile) : bytes;
                })
                .root();
        stores.trees().replaceHead(tx, new AuditHead(AuditNames.LOG, size, root.bytes(), head.state()));
    }
}
