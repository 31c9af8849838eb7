package dev.matrix.refunds.bitcoin;

import java.util.Optional;

/** A network of Bitcoin's, and the addresses that belong to it. */
public enum BitcoinNetwork {
    MAIN("bc", 0x00, 0x05),
    TEST("tb", 0x6f, 0xc4),
    REGTEST("bcrt", 0x6f, 0xc4);

    private static final int HASH = 20;
    private static final int SHORTEST = 2;
    private static final int LONGEST = 40;
    private static final int LAST_VERSION = 16;
    private static final int SCRIPT_HASH = 32;

    private final String readable;
    private final int keyHash;
    private final int scriptHash;

    BitcoinNetwork(String readable, int keyHash, int scriptHash) {
        this.readable = readable;
        this.keyHash = keyHash;
        this.scriptHash = scriptHash;
    }

    /**
     * What is wrong with an address, as a sentence; empty: it is one of this network. Judged without a node: Base58Check, Bech32 for
     * witness version 0 (BIP-173), Bech32m for later ones (BIP-350), and never mixed cases.
     */
    public Optional<String> problem(String address) {
        byte[] payload = Base58.checked(address);
        if (payload != null) {
            int version = payload[0] & 0xff;
            return payload.length == HASH + 1 && (version == keyHash || version == scriptHash)
                    ? Optional.empty()
                    : Optional.of("The address belongs to another network than " + name() + ".");
        }
        Bech32 bech = Bech32.read(address);
        if (bech == null || bech.first() < 0) {
            return Optional.of("The address is neither Base58Check nor Bech32: a character is wrong or missing.");
        }
        if (!bech.readable().equals(readable)) {
            return Optional.of("The address belongs to another network than " + name() + ".");
        }
        int version = bech.first();
        byte[] program = bech.bytes(1);
        boolean length = program != null && program.length >= SHORTEST && program.length <= LONGEST;
        if (version > LAST_VERSION || program == null || !length || bech.isModified() != (version > 0)) {
            return Optional.of("The address is written as no witness program is.");
        }
        return version == 0 && program.length != HASH && program.length != SCRIPT_HASH
                ? Optional.of("A witness program of version 0 has 20 or 32 bytes.")
                : Optional.empty();
    }
}
