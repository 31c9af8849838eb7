package dev.matrix.refunds.ethereum;

import org.bouncycastle.crypto.digests.KeccakDigest;

/** Keccak-256 as Ethereum uses it, which isn't the SHA-3 of FIPS 202. */
final class Keccak {

    private static final int BITS = 256;

    private Keccak() {}

    static byte[] hash(byte[] input) {
        KeccakDigest digest = new KeccakDigest(BITS);
        digest.update(input, 0, input.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return hash;
    }
}
