package dev.matrix.security.tree;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/** Signs notes by Ed25519 (RFC 8032), with the JDK's implementation. */
public final class NoteSigner {

    private static final String ED25519 = "Ed25519";
    private static final int KEY_LENGTH = 32;

    private NoteSigner() {}

    /**
     * A new pair of keys.
     *
     * @param publicKey 32 bytes
     * @param pkcs8 the private key
     */
    public record Pair(byte[] publicKey, byte[] pkcs8) {}

    /** Makes a pair of keys. */
    public static Pair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ED25519);
            generator.initialize(NamedParameterSpec.ED25519, random);
            KeyPair pair = generator.generateKeyPair();
            byte[] x509 = pair.getPublic().getEncoded();
            return new Pair(
                    Arrays.copyOfRange(x509, x509.length - KEY_LENGTH, x509.length),
                    pair.getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 15 and later has Ed25519; this one doesn't.", e);
        }
    }

    /** The signature of bytes by a private key. */
    public static byte[] sign(byte[] pkcs8, byte[] bytes) {
        try {
            PrivateKey key = KeyFactory.getInstance(ED25519).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            Signature signature = Signature.getInstance(ED25519);
            signature.initSign(key);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The log's signing key can't be used.", e);
        }
    }

    /** The note with a signature; {@code signature} is that of the text's UTF-8. */
    public static SignedNote note(String text, NoteKey key, byte[] signature) {
        byte[] id = key.id();
        byte[] signed = Arrays.copyOf(id, id.length + signature.length);
        System.arraycopy(signature, 0, signed, id.length, signature.length);
        return new SignedNote(text, List.of(new SignedNote.Line(key.name(), signed)));
    }

    /** What is signed of a text. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
