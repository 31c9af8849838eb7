package dev.matrix.security.tree;

import java.util.List;

/**
 * That a tree begins with all leaves of an earlier one (RFC 9162, section 2.1.4).
 *
 * @param from leaves of the earlier tree
 * @param to leaves of the later one
 */
public record ConsistencyProof(long from, long to, List<TreeHash> hashes) {

    public ConsistencyProof {
        hashes = List.copyOf(hashes);
    }

    /** Whether the later tree continues the earlier one (section 2.1.4.2). */
    public boolean proves(TreeHash earlier, TreeHash later) {
        if (from <= 0 || from > to) {
            return false;
        }
        if (from == to) {
            return hashes.isEmpty() && earlier.equals(later);
        }
        boolean complete = Long.bitCount(from) == 1;
        if (hashes.isEmpty()) {
            return false;
        }
        int used = complete ? 0 : 1;
        TreeHash first = complete ? earlier : hashes.get(0);
        return climbs(first, hashes.subList(used, hashes.size()), earlier, later);
    }

    private boolean climbs(TreeHash start, List<TreeHash> path, TreeHash earlier, TreeHash later) {
        long node = from - 1;
        long last = to - 1;
        while ((node & 1) == 1) {
            node >>= 1;
            last >>= 1;
        }
        TreeHash old = start;
        TreeHash grown = start;
        for (TreeHash other : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                old = TreeHash.ofNode(other, old);
                grown = TreeHash.ofNode(other, grown);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                grown = TreeHash.ofNode(grown, other);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && old.equals(earlier) && grown.equals(later);
    }
}
