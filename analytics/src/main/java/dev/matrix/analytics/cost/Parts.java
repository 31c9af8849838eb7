package dev.matrix.analytics.cost;

import dev.matrix.core.Owner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests by which owners are shared out and recommendations are told apart. */
final class Parts {

    /** How many parts owners are shared out to; each node can take any of them. */
    static final int COUNT = 64;

    private static final int BITS_LEFT_OUT = 2;

    private Parts() {}

    /** The part of an owner: the first 6 bits of the digest of its type and id. */
    static int of(Owner owner) {
        return (digest(owner.type().name(), owner.id())[0] & 0xff) >>> BITS_LEFT_OUT;
    }

    /** A fingerprint of texts; each goes in behind its length, so that no two lists of texts read alike. */
    static String fingerprint(String... texts) {
        return HexFormat.of().formatHex(digest(texts));
    }

    private static byte[] digest(String... texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
