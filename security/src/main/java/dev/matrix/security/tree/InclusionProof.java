package dev.matrix.security.tree;

import java.util.List;

/**
 * That a leaf is in a tree (RFC 9162, section 2.1.3).
 *
 * @param index of the leaf, from 0
 * @param size leaves of the tree
 * @param hashes from the leaf up
 */
public record InclusionProof(long index, long size, List<TreeHash> hashes) {

    public InclusionProof {
        hashes = List.copyOf(hashes);
    }

    /** Whether the tree with that root has that leaf at the index (section 2.1.3.2). */
    public boolean proves(TreeHash leaf, TreeHash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long node = index;
        long last = size - 1;
        TreeHash hash = leaf;
        for (TreeHash other : hashes) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = TreeHash.ofNode(other, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = TreeHash.ofNode(hash, other);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(root);
    }
}
