package dev.matrix.security.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A tree of a certain size over its tiles, for roots and proofs (RFC 9162, section 2.1). Each tile is read, and each of
 * its inner hashes computed, at most once. Not
 * thread-safe.
 */
public final class MerkleTree {

    private final long size;
    private final Function<Tile, byte[]> tiles;
    private final Map<Tile, byte[]> read = new HashMap<>();
    private final Map<Subtree, TreeHash> computed = new HashMap<>();

    /** A complete subtree whose hash no tile has. */
    private record Subtree(int height, long index) {}

    /**
     * @param size leaves
     * @param tiles the bytes of a tile; what they hold beyond {@code size} is not looked at
     */
    public MerkleTree(long size, Function<Tile, byte[]> tiles) {
        this.size = size;
        this.tiles = tiles;
    }

    /** The root. */
    public TreeHash root() {
        return rootAt(size);
    }

    /** The root when the tree had {@code earlier} leaves. */
    public TreeHash rootAt(long earlier) {
        requireUpTo(earlier);
        return earlier == 0 ? TreeHash.ofNothing() : range(0, earlier);
    }

    /** The hash of a leaf. */
    public TreeHash leaf(long index) {
        requireUpTo(index + 1);
        return node(0, index);
    }

    /**
     * That a leaf is in the tree (section 2.1.3.1).
     *
     * @throws TreeFormatException unless {@code 0 <= index < size}
     */
    public InclusionProof inclusion(long index) {
        requireUpTo(index + 1);
        List<TreeHash> path = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + split(to - from);
            if (index < middle) {
                path.add(0, range(middle, to));
                to = middle;
            } else {
                path.add(0, range(from, middle));
                from = middle;
            }
        }
        return new InclusionProof(index, size, path);
    }

    /**
     * That the tree continues what it was at an earlier size (section 2.1.4.1).
     *
     * @throws TreeFormatException unless {@code 0 < earlier <= size}
     */
    public ConsistencyProof consistency(long earlier) {
        requireUpTo(earlier);
        List<TreeHash> path = new ArrayList<>();
        long from = 0;
        long to = size;
        boolean known = true;
        while (earlier != to) {
            long middle = from + split(to - from);
            if (earlier <= middle) {
                path.add(0, range(middle, to));
                to = middle;
            } else {
                path.add(0, range(from, middle));
                from = middle;
                known = false;
            }
        }
        if (!known) {
            path.add(0, range(from, to));
        }
        return new ConsistencyProof(earlier, size, path);
    }

    private void requireUpTo(long leaves) {
        if (leaves < 0 || leaves > size) {
            throw new TreeFormatException("The tree has " + size + " leaves, not " + leaves + ".");
        }
    }

    /** The largest power of two below {@code n}. */
    private static long split(long n) {
        return Long.highestOneBit(n - 1);
    }

    private TreeHash range(long from, long to) {
        long width = to - from;
        if (Long.bitCount(width) == 1) {
            return complete(Long.numberOfTrailingZeros(width), from / width);
        }
        long middle = from + split(width);
        return TreeHash.ofNode(range(from, middle), range(middle, to));
    }

    /** The hash of the complete subtree of a height that is at {@code index} among those of that height. */
    private TreeHash complete(int height, long index) {
        if (height % Tile.HEIGHT == 0) {
            return node(height / Tile.HEIGHT, index);
        }
        Subtree subtree = new Subtree(height, index);
        TreeHash known = computed.get(subtree);
        if (known == null) {
            known = TreeHash.ofNode(complete(height - 1, index * 2), complete(height - 1, index * 2 + 1));
            computed.put(subtree, known);
        }
        return known;
    }

    private TreeHash node(int level, long index) {
        byte[] tile = read.computeIfAbsent(Tile.of(level, index), tiles);
        return Tile.hash(tile, (int) (index % Tile.WIDTH));
    }
}
