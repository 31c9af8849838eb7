package dev.matrix.security.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Which tiles change when leaves are added. */
public final class TileGrowth {

    private TileGrowth() {}

    /**
     * The tiles that are new or grow, with their whole bytes.
     *
     * @param size leaves so far
     * @param leaves the hashes of those that are added
     * @param tiles the bytes of a tile that is there; asked at most once per level
     */
    public static SortedMap<Tile, byte[]> grow(long size, List<TreeHash> leaves, Function<Tile, byte[]> tiles) {
        SortedMap<Tile, byte[]> changed = new TreeMap<>();
        List<TreeHash> added = leaves;
        long next = size;
        for (int level = 0; !added.isEmpty(); level++) {
            added = growLevel(level, next, added, tiles, changed);
            next >>= Tile.HEIGHT;
        }
        return changed;
    }

    /** Adds hashes to one level; returns those of the tiles that are full by it, which the level above gets. */
    private static List<TreeHash> growLevel(
            int level,
            long first,
            List<TreeHash> added,
            Function<Tile, byte[]> tiles,
            SortedMap<Tile, byte[]> changed) {
        List<TreeHash> full = new ArrayList<>();
        int done = 0;
        while (done < added.size()) {
            long node = first + done;
            Tile tile = Tile.of(level, node);
            int had = (int) (node % Tile.WIDTH);
            int taken = Math.min(Tile.WIDTH - had, added.size() - done);
            byte[] bytes = new byte[(had + taken) * TreeHash.LENGTH];
            if (had > 0) {
                System.arraycopy(tiles.apply(tile), 0, bytes, 0, had * TreeHash.LENGTH);
            }
            for (int i = 0; i < taken; i++) {
                byte[] hash = added.get(done + i).bytes();
                System.arraycopy(hash, 0, bytes, (had + i) * TreeHash.LENGTH, TreeHash.LENGTH);
            }
            changed.put(tile, bytes);
            if (had + taken == Tile.WIDTH) {
                full.add(rootOf(bytes));
            }
            done += taken;
        }
        return full;
    }

    private static TreeHash rootOf(byte[] tile) {
        Frontier hashes = new Frontier();
        for (int i = 0; i < Tile.WIDTH; i++) {
            hashes.add(Tile.hash(tile, i));
        }
        return hashes.root();
    }
}
