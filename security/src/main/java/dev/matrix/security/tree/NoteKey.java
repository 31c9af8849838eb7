package dev.matrix.security.tree;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key that notes are checked by (C2SP signed-note, Ed25519). Its text is {@code name+id+key}, such as an auditor is
 * given once.
 *
 * @param name of the key; a log's key has the log's origin as name
 * @param publicKey 32 bytes (RFC 8032)
 */
public record NoteKey(String name, byte[] publicKey) {

    private static final byte ED25519 = 1;
    private static final int KEY_LENGTH = 32;
    private static final int ID_LENGTH = 4;

    /** What stands before the 32 bytes in a key's X.509 form (RFC 8410). */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    /** @throws TreeFormatException for a name with spaces or a plus, and for other than 32 bytes */
    public NoteKey {
        requireName(name);
        if (publicKey.length != KEY_LENGTH) {
            throw new TreeFormatException(
                    "An Ed25519 key has " + KEY_LENGTH + " bytes; this one has " + publicKey.length + ".");
        }
    }

    static void requireName(String name) {
        boolean fit = !name.isEmpty()
                && name.chars().noneMatch(c -> c == '+' || Character.isWhitespace(c) || Character.isSpaceChar(c));
        if (!fit) {
            throw new TreeFormatException("A key's name is not empty and has no spaces and no plus; this one: " + name);
        }
    }

    /**
     * Reads {@code name+id+key}.
     *
     * @throws TreeFormatException for anything else, and where the id is another key's
     */
    public static NoteKey parse(String text) {
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3) {
            throw new TreeFormatException("A verifier's key reads name+id+key; this one: " + text);
        }
        byte[] typed = Base64Text.decode(parts[2]);
        if (typed.length != KEY_LENGTH + 1 || typed[0] != ED25519) {
            throw new TreeFormatException("The key " + parts[0] + " is no Ed25519 key of type 1.");
        }
        NoteKey key = new NoteKey(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
        if (!HexFormat.of().formatHex(key.id()).equals(parts[1])) {
            throw new TreeFormatException("The id " + parts[1] + " is not that of the key " + parts[0] + ".");
        }
        return key;
    }

    private byte[] typed() {
        byte[] typed = new byte[KEY_LENGTH + 1];
        typed[0] = ED25519;
        System.arraycopy(publicKey, 0, typed, 1, KEY_LENGTH);
        return typed;
    }

    /** What a signature names its key by: the first 4 bytes of a hash of name and key. */
    byte[] id() {
        MessageDigest digest = TreeHash.sha256();
        digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
        return Arrays.copyOf(digest.digest(typed()), ID_LENGTH);
    }

    boolean verifies(byte[] text, byte[] signature) {
        try {
            byte[] encoded = Arrays.copyOf(X509, X509.length + KEY_LENGTH);
            System.arraycopy(publicKey, 0, encoded, X509.length, KEY_LENGTH);
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(text);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteKey that && name.equals(that.name) && Arrays.equals(publicKey, that.publicKey);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(publicKey);
    }

    /** {@code name+id+key}. */
    @Override
    public String toString() {
        return name + "+" + HexFormat.of().formatHex(id()) + "+"
                + Base64.getEncoder().encodeToString(typed());
    }
}
