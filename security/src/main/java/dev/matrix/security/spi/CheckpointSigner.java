package dev.matrix.security.spi;

/**
 * Signs the audit log's checkpoints by Ed25519 (RFC 8032), for instance in a KMS. It may block on a network: it is never called in a
 * transaction. Thread-safe.
 */
public interface CheckpointSigner {

    /** The key's name, which is the log's origin: without spaces and plus; such as {@code example.com/audit}. */
    String keyName();

    /** The public key, 32 bytes. */
    byte[] publicKey();

    /**
     * The signature of these bytes, 64 bytes.
     *
     * @throws RuntimeException when there is none now; it is asked again later
     */
    byte[] sign(byte[] text);
}
