package dev.matrix.security.tree;

/**
 * Where a tile is: up to 256 hashes of complete subtrees with 256<sup>level</sup> leaves each (C2SP tlog-tiles). A full tile
 * never changes; the last of a level grows.
 *
 * @param level 0: the hashes of the leaves
 * @param index from the left
 */
public record Tile(int level, long index) implements Comparable<Tile> {

    /** Hashes in a full tile. */
    public static final int WIDTH = 256;

    /** How many levels of the tree a tile spans. */
    public static final int HEIGHT = 8;

    /** The tile that holds a node. */
    static Tile of(int level, long node) {
        return new Tile(level, node >> HEIGHT);
    }

    /** The hash at a place in a tile's bytes. */
    static TreeHash hash(byte[] tile, int place) {
        int from = place * TreeHash.LENGTH;
        if (tile.length < from + TreeHash.LENGTH) {
            throw new TreeFormatException(
                    "A tile has " + tile.length / TreeHash.LENGTH + " hashes, where number " + place + " is needed.");
        }
        byte[] bytes = new byte[TreeHash.LENGTH];
        System.arraycopy(tile, from, bytes, 0, bytes.length);
        return new TreeHash(bytes);
    }

    /**
     * The path below the log's prefix, such as {@code tile/0/x001/x234/067.p/8}.
     *
     * @param width how many hashes it has, 1 to 256
     */
    public String path(int width) {
        return path("tile/" + level, index, width);
    }

    /** The path of the bundle with the entries of a tile of level 0. */
    public static String entriesPath(long index, int width) {
        return path("tile/entries", index, width);
    }

    private static String path(String prefix, long index, int width) {
        StringBuilder path = new StringBuilder(threeDigits(index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path.insert(0, "x" + threeDigits(rest % 1000) + "/");
        }
        return prefix + "/" + path + (width == WIDTH ? "" : ".p/" + width);
    }

    private static String threeDigits(long number) {
        return Long.toString(1000 + number).substring(1);
    }

    @Override
    public int compareTo(Tile other) {
        return level != other.level ? Integer.compare(level, other.level) : Long.compare(index, other.index);
    }
}
