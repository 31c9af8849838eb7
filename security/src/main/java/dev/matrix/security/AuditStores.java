package dev.matrix.security;

import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AuditHoldStore;
import dev.matrix.security.spi.AuditQueueStore;
import dev.matrix.security.spi.AuditStore;
import dev.matrix.security.spi.AuditTreeStore;
import dev.matrix.security.tree.MerkleTree;
import dev.matrix.security.tree.Tile;

/** Where the audit log is kept. */
record AuditStores(
        Transactions transactions,
        AuditStore entries,
        AuditQueueStore queue,
        AuditTreeStore trees,
        AuditHoldStore holds) {

    static AuditStores of(Stores stores) {
        return new AuditStores(
                stores.transactions(),
                stores.get(AuditStore.class),
                stores.get(AuditQueueStore.class),
                stores.get(AuditTreeStore.class),
                stores.get(AuditHoldStore.class));
    }

    /** The log's tree at a size, for one transaction. */
    MerkleTree tree(Tx tx, long size) {
        return new MerkleTree(size, tile -> tile(tx, tile));
    }

    /** A tile's bytes; none where it is missing, which the tree then refuses as too short. */
    byte[] tile(Tx tx, Tile tile) {
        return trees.tile(tx, AuditNames.LOG, tile.level(), tile.index()).orElse(new byte[0]);
    }
}
