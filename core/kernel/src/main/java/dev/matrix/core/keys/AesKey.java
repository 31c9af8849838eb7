package dev.matrix.core.keys;

import dev.matrix.core.spi.KeyUnavailableException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * An AES-256 key that seals by GCM (NIST SP 800-38D: random 12-byte nonce, 16-byte tag) and can be wiped, which the
 * JDK's own key type can't before Java 23. Thread-safe.
 */
final class AesKey implements SecretKey {

    private static final long serialVersionUID = 1L;

    static final int KEY_BYTES = 32;
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;

    private final transient byte[] bytes;
    private transient boolean wiped;

    private AesKey(byte[] bytes) {
        this.bytes = bytes;
    }

    static AesKey random(RandomGenerator random) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return new AesKey(bytes);
    }

    /** The key of those 32 bytes; the array now belongs to the key. */
    static AesKey owning(byte[] bytes) {
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("An AES-256 key has 32 bytes; this one has " + bytes.length + ".");
        }
        return new AesKey(bytes);
    }

    /** {@code prefix}, nonce, ciphertext and tag; the tag covers {@code aad} too. */
    byte[] seal(byte[] prefix, byte[] aad, byte[] plaintext, RandomGenerator random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        int text = prefix.length + NONCE_BYTES;
        byte[] sealed = Arrays.copyOf(prefix, text + plaintext.length + TAG_BYTES);
        System.arraycopy(nonce, 0, sealed, prefix.length, NONCE_BYTES);
        try {
            cipher(Cipher.ENCRYPT_MODE, sealed, prefix.length, aad)
                    .doFinal(plaintext, 0, plaintext.length, sealed, text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM can't seal by AES/GCM/NoPadding.", e);
        }
        return sealed;
    }

    /**
     * Opens what {@link #seal} made behind a prefix of {@code prefixLength} bytes.
     *
     * @throws AEADBadTagException when anything differs: key, aad, nonce, ciphertext or tag
     */
    byte[] open(byte[] sealed, int prefixLength, byte[] aad) throws AEADBadTagException {
        int text = prefixLength + NONCE_BYTES;
        if (sealed.length < text + TAG_BYTES) {
            throw new AEADBadTagException("Too short");
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, sealed, prefixLength, aad).doFinal(sealed, text, sealed.length - text);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM can't open by AES/GCM/NoPadding.", e);
        }
    }

    /** A new cipher each time: one kept for the thread would keep the key's schedule past {@link #destroy()}. */
    private Cipher cipher(int mode, byte[] sealed, int nonceAt, byte[] aad) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, this, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, sealed, nonceAt, NONCE_BYTES));
        cipher.updateAAD(aad);
        return cipher;
    }

    @Override
    public String getAlgorithm() {
        return "AES";
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    /** A copy; locked, so that no copy is ever taken from a key that is half wiped. */
    @Override
    public synchronized byte[] getEncoded() {
        if (wiped) {
            throw new KeyUnavailableException(
                    "This key was wiped: its Matrix was closed, or its version destroyed.", null);
        }
        return bytes.clone();
    }

    @Override
    public synchronized void destroy() {
        wiped = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public synchronized boolean isDestroyed() {
        return wiped;
    }

    /** Nothing of the bytes. */
    @Override
    public String toString() {
        return "AES-256 key";
    }
}
