package dev.matrix.security;

import dev.matrix.security.spi.CheckpointSigner;

/** A signer in a KMS that is away. */
final class UnreachableSigner implements CheckpointSigner {

    @Override
    public String keyName() {
        return "example.com/away";
    }

    @Override
    public byte[] publicKey() {
        return new byte[32];
    }

    @Override
    public byte[] sign(byte[] text) {
        throw new IllegalStateException("The KMS is away.");
    }
}
