package dev.matrix.webhooks.signing;

import dev.matrix.core.InvalidRequestException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** The public half of an {@link Ed25519KeyPair} (RFC 8032). Immutable and thread-safe. */
final class Ed25519PublicKey {

    static final String ALGORITHM = "Ed25519";
    static final int BYTES = 32;

    /** What stands before the key's bytes in its DER form (RFC 8410, section 4). */
    private static final byte[] DER_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final java.security.PublicKey key;

    private Ed25519PublicKey(java.security.PublicKey key) {
        this.key = key;
    }

    static Ed25519PublicKey parse(String text) {
        return of(KeyFormat.PUBLIC_KEY.decode(text));
    }

    static Ed25519PublicKey of(byte[] raw) {
        byte[] der = Arrays.copyOf(DER_PREFIX, DER_PREFIX.length + BYTES);
        System.arraycopy(raw, 0, der, DER_PREFIX.length, BYTES);
        try {
            Ed25519PublicKey made =
                    new Ed25519PublicKey(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der)));
            made.verifier();
            return made;
        } catch (GeneralSecurityException e) {
            throw new InvalidRequestException("An Ed25519 public key is a point of its curve; this isn't.", e);
        }
    }

    static byte[] raw(java.security.PublicKey key) {
        byte[] der = key.getEncoded();
        return Arrays.copyOfRange(der, der.length - BYTES, der.length);
    }

    String text() {
        return KeyFormat.PUBLIC_KEY.encode(raw(key));
    }

    /** Whether this signed prefix and body; false for bytes that are no signature at all. */
    boolean verifies(byte[] prefix, byte[] body, byte[] signature) {
        try {
            Signature verifier = verifier();
            verifier.update(prefix);
            verifier.update(body);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM refuses an Ed25519 key that it has read.", e);
        }
    }

    private Signature verifier() throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(ALGORITHM);
        verifier.initVerify(key);
        return verifier;
    }
}
