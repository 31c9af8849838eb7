package dev.matrix.security;

/** The hash of a TOTP device's HMAC (RFC 6238, section 1.2), with a secret as long as its output. */
public enum TotpAlgorithm {
    /** What every authenticator app can: 20 bytes. */
    SHA1("HmacSHA1", 20),
    /** 32 bytes. */
    SHA256("HmacSHA256", 32),
    /** 64 bytes. */
    SHA512("HmacSHA512", 64);

    private final String hmac;
    private final int secretBytes;

    TotpAlgorithm(String hmac, int secretBytes) {
        this.hmac = hmac;
        this.secretBytes = secretBytes;
    }

    String hmac() {
        return hmac;
    }

    int secretBytes() {
        return secretBytes;
    }
}
