package dev.matrix.refunds.ethereum;

/**
 * Signs transactions with the key of one address: a key in this process, or one in a vault or a hardware module. Thread-safe. It
 * signs the same hash with the same signature each time (RFC 6979), so a crash never leaves two transactions.
 */
public interface EthereumSigner extends AutoCloseable {

    /** The address, with its checksum (EIP-55). */
    String address();

    /**
     * Signs a hash of 32 bytes by secp256k1.
     *
     * @return 65 bytes: r and s of 32 each, s in the curve's lower half, and the recovery id, 0 or 1
     */
    byte[] sign(byte[] hash);

    /** Forgets the key, if it is here. Idempotent. */
    @Override
    void close();

    /**
     * A signer with a private key in this process, for trials and small sums.
     *
     * @param privateKey 32 bytes; they are copied, so wipe yours
     * @throws dev.matrix.core.InvalidRequestException when they are no private key
     */
    static EthereumSigner local(byte[] privateKey) {
        return new LocalSigner(privateKey);
    }
}
