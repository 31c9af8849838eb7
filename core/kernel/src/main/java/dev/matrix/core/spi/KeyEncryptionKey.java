package dev.matrix.core.spi;

/**
 * The key that wraps the key ring's keys: a local key, or a key service's. May block on a network; never called inside
 * a transaction. Thread-safe.
 */
public interface KeyEncryptionKey {

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
