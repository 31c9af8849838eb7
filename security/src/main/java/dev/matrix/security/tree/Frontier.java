package dev.matrix.security.tree;

import java.util.ArrayList;
import java.util.List;

/** The root of a tree whose leaves come one after the other; keeps one hash per level. Not thread-safe. */
public final class Frontier {

    /** The complete subtrees of which the tree consists, the largest first. */
    private final List<TreeHash> subtrees = new ArrayList<>();

    private long size;

    /** Leaves so far. */
    public long size() {
        return size;
    }

    /** Adds the hash of a leaf. */
    public void add(TreeHash leaf) {
        TreeHash hash = leaf;
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            hash = TreeHash.ofNode(subtrees.remove(subtrees.size() - 1), hash);
        }
        subtrees.add(hash);
        size++;
    }

    /** The root of what was added. */
    public TreeHash root() {
        if (size == 0) {
            return TreeHash.ofNothing();
        }
        TreeHash root = subtrees.get(subtrees.size() - 1);
        for (int i = subtrees.size() - 2; i >= 0; i--) {
            root = TreeHash.ofNode(subtrees.get(i), root);
        }
        return root;
    }
}
