package dev.matrix.core.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.SealBrokenException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/** A key-encryption key in memory, which wraps by AES-256-GCM: the local keys of {@link KeyEncryptionKey}. */
public final class LocalKek implements KeyEncryptionKey {

    /** Where {@link KeyEncryptionKey#fromEnvironment} reads. */
    public static final String VARIABLE = "MATRIX_KEK";

    static final String HOW_TO_GENERATE = "generate one with: export " + VARIABLE
            + "=main:$(openssl rand -base64 32) — and keep it safe, as what it" + " seals is lost without it";

    private static final byte[] NO_PREFIX = {};

    private final String id;
    private final AesKey key;
    private final RandomGenerator random;

    LocalKek(String id, AesKey key, RandomGenerator random) {
        this.id = KeyEncryptionKeys.requireId(id);
        this.key = key;
        this.random = random;
    }

    /** Behind {@link KeyEncryptionKey#local}. */
    public static LocalKek of(String id, byte[] key32) {
        if (key32.length != AesKey.KEY_BYTES) {
            throw new InvalidRequestException("A local key-encryption key has " + AesKey.KEY_BYTES
                    + " bytes; this one has " + key32.length + ".");
        }
        return new LocalKek(id, AesKey.owning(key32.clone()), new SecureRandom());
    }

    /** Behind {@link KeyEncryptionKey#fromEnvironment}, given the variable's value; null: not set. */
    public static LocalKek fromVariable(@Nullable String value) {
        if (value == null) {
            throw new IllegalStateException(
                    "The environment variable " + VARIABLE + " is not set: " + HOW_TO_GENERATE + ".");
        }
        return parse("The environment variable " + VARIABLE, value.getBytes(UTF_8));
    }

    /** Behind {@link KeyEncryptionKey#parse}. */
    public static LocalKek fromText(String idAndKey) {
        return parse("The key-encryption key", idAndKey.getBytes(UTF_8));
    }

    /** Behind {@link KeyEncryptionKey#file}. */
    public static KeyEncryptionKey file(Path path) {
        return KekFile.readOrCreate(path);
    }

    /** Reads {@code id:base64} and wipes it; no message repeats any of it, as one can't tell which part is the secret. */
    static LocalKek parse(String source, byte[] text) {
        byte[] encoded = {};
        try {
            int end = text.length;
            while (end > 0 && text[end - 1] <= ' ') {
                end--;
            }
            int colon = end - 1;
            while (colon >= 0 && text[colon] != ':') {
                colon--;
            }
            if (end == 0) {
                throw malformed(source, "is empty");
            }
            if (colon < 0) {
                throw malformed(source, "has no ':' between an id and the key");
            }
            String id = new String(text, 0, colon, UTF_8);
            if (!KeyEncryptionKeys.isId(id)) {
                throw malformed(source, "has no valid id before the last ':' (1 to 128 of A-Z a-z 0-9 . _ : / -)");
            }
            encoded = Arrays.copyOfRange(text, colon + 1, end);
            return new LocalKek(id, AesKey.owning(decoded(source, encoded)), new SecureRandom());
        } finally {
            Arrays.fill(text, (byte) 0);
            Arrays.fill(encoded, (byte) 0);
        }
    }

    private static byte[] decoded(String source, byte[] encoded) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            // Its message quotes a character of the key.
            throw malformed(source, "has something else than standard base64 after the last ':'");
        }
        if (key.length != AesKey.KEY_BYTES) {
            Arrays.fill(key, (byte) 0);
            throw malformed(source, "has a key of " + key.length + " bytes instead of " + AesKey.KEY_BYTES);
        }
        return key;
    }

    private static IllegalStateException malformed(String source, String problem) {
        return new IllegalStateException(
                source + " " + problem + ". Expected id:base64 of 32 random bytes; " + HOW_TO_GENERATE + ".");
    }

    /** The form that {@link #parse} reads. */
    byte[] text() {
        byte[] bytes = key.getEncoded();
        byte[] encoded = Base64.getEncoder().encode(bytes);
        byte[] name = (id + ":").getBytes(UTF_8);
        byte[] text = Arrays.copyOf(name, name.length + encoded.length + 1);
        System.arraycopy(encoded, 0, text, name.length, encoded.length);
        text[text.length - 1] = '\n';
        Arrays.fill(bytes, (byte) 0);
        Arrays.fill(encoded, (byte) 0);
        return text;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public byte[] wrap(byte[] wrapped, byte[] aad) {
        return key.seal(NO_PREFIX, aad, wrapped, random);
    }

    @Override
    public byte[] unwrap(byte[] wrapped, byte[] aad) {
        try {
            return key.open(wrapped, 0, aad);
        } catch (AEADBadTagException e) {
            throw new SealBrokenException(
                    "The key-encryption key '" + id + "' doesn't open this: it was wrapped by another, or altered.", e);
        }
    }

    @Override
    public String toString() {
        return "key-encryption key " + id;
    }
}
