package dev.matrix.core.spi;

import dev.matrix.core.keys.LocalKek;
import java.nio.file.Path;

/**
 * The key that wraps the key ring's keys: a local key, or a key service's. May block on a network; never called inside
 * a transaction. Thread-safe.
 */
public interface KeyEncryptionKey {

    /**
     * A key of the host's; wraps by AES-256-GCM.
     *
     * @param key32 32 random bytes; copied
     * @throws dev.matrix.core.InvalidRequestException on another length, or an id that breaks the rule of {@link #id}
     */
    static KeyEncryptionKey local(String id, byte[] key32) {
        return LocalKek.of(id, key32);
    }

    /**
     * The local key of a text {@code id:base64}, 32 bytes in standard base64 behind the last colon, as configuration or a vault
     * hands it over.
     *
     * @throws IllegalStateException when it is malformed; the message says what is wrong with it and how to generate one, and
     *     repeats nothing of it
     */
    static KeyEncryptionKey parse(String idAndKey) {
        return LocalKek.fromText(idAndKey);
    }

    /**
     * The local key of the environment variable {@code MATRIX_KEK}, in the form of {@link #parse}.
     *
     * @throws IllegalStateException when it is missing or malformed; the message says what is wrong with it and how to
     *     generate one, and repeats nothing of it
     */
    static KeyEncryptionKey fromEnvironment() {
        return LocalKek.fromVariable(System.getenv(LocalKek.VARIABLE));
    }

    /**
     * The local key of a file in that same form, for trials. A missing file is made with a random key, readable by its
     * owner alone, and one WARN says that a key beside its data protects nothing.
     *
     * @throws IllegalStateException when the file is malformed, or its file system has no POSIX permissions
     * @throws java.io.UncheckedIOException when it can't be read or made
     */
    static KeyEncryptionKey file(Path path) {
        return LocalKek.file(path);
    }

    /** Stored beside what it wrapped: {@code [A-Za-z0-9._:/-]{1,128}}. */
    String id();

    /** Wraps {@code key}, bound to {@code aad}. */
    byte[] wrap(byte[] key, byte[] aad);

    /**
     * Unwraps what {@link #wrap} made.
     *
     * @throws SealBrokenException when it was altered, or wrapped by another key or for another {@code aad}
     * @throws KeyUnavailableException when the key service doesn't answer
     */
    byte[] unwrap(byte[] wrapped, byte[] aad);
}
