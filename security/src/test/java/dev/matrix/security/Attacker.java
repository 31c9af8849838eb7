package dev.matrix.security;

import dev.matrix.core.spi.Stores;
import dev.matrix.security.spi.AuditRow;
import dev.matrix.security.spi.AuditStore;
import dev.matrix.security.spi.AuditTreeStore;
import dev.matrix.security.spi.AuditTreeStore.AuditHead;
import dev.matrix.security.spi.AuditTreeStore.AuditLeaf;
import dev.matrix.security.tree.MerkleTree;
import dev.matrix.security.tree.Tile;
import dev.matrix.security.tree.TileGrowth;
import dev.matrix.security.tree.TreeHash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Somebody who can write to the database and knows how the log is made, but doesn't have its key. */
final class Attacker {

    private Attacker() {}

    /** Computes the tree of the first entries again, as they are now, and makes the log end with them. */
    static void rebuild(Stores stores, int size) {
        stores.transactions().inTransaction(tx -> {
            AuditTreeStore trees = stores.get(AuditTreeStore.class);
            Map<String, TreeHash> hashes = new HashMap<>();
            List<AuditLeaf> leaves = trees.leaves(tx, AuditNames.LOG, 0, size);
            for (AuditRow row : stores.get(AuditStore.class)
                    .find(tx, leaves.stream().map(AuditLeaf::entryId).toList())) {
                hashes.put(row.id(), TreeHash.ofLeaf(row.body()));
            }
            Map<Tile, byte[]> tiles = TileGrowth.grow(
                    0,
                    leaves.stream()
                            .map(leaf -> hashes.getOrDefault(leaf.entryId(), TreeHash.ofNothing()))
                            .toList(),
                    tile -> new byte[0]);
            tiles.forEach((tile, bytes) -> trees.putTile(tx, AuditNames.LOG, tile.level(), tile.index(), bytes));
            TreeHash root = new MerkleTree(size, tile -> tiles.getOrDefault(tile, new byte[0])).root();
            trees.replaceHead(tx, new AuditHead(AuditNames.LOG, size, root.bytes(), AuditNames.ACTIVE));
        });
    }
}
