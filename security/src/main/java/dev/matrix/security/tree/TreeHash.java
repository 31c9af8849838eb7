package dev.matrix.security.tree;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * A SHA-256 hash of a leaf or of a node (RFC 9162, section 2.1.1). Immutable.
 *
 * @param bytes 32 of them; not copied, so don't change them
 */
public record TreeHash(byte[] bytes) {

    /** Bytes of a hash. */
    public static final int LENGTH = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    /** @throws TreeFormatException unless there are 32 bytes */
    public TreeHash {
        if (bytes.length != LENGTH) {
            throw new TreeFormatException("A hash has " + LENGTH + " bytes; this one has " + bytes.length + ".");
        }
    }

    /** The root of a tree without leaves: the hash of nothing. */
    public static TreeHash ofNothing() {
        return new TreeHash(sha256().digest());
    }

    /** The hash of an entry; its prefix keeps an entry from passing for a node. */
    public static TreeHash ofLeaf(byte[] entry) {
        MessageDigest digest = sha256();
        digest.update(LEAF);
        return new TreeHash(digest.digest(entry));
    }

    /** The hash of two subtrees. */
    public static TreeHash ofNode(TreeHash left, TreeHash right) {
        MessageDigest digest = sha256();
        digest.update(NODE);
        digest.update(left.bytes);
        return new TreeHash(digest.digest(right.bytes));
    }

    /**
     * A hash in standard Base64.
     *
     * @throws TreeFormatException for anything else
     */
    public static TreeHash parse(String base64) {
        return new TreeHash(Base64Text.decode(base64));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java platform has SHA-256; this one doesn't.", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreeHash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Standard Base64. */
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
