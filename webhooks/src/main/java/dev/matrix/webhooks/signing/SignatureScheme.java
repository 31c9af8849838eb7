package dev.matrix.webhooks.signing;

/** How a request is signed. An endpoint may have several at once. */
public enum SignatureScheme {
    /** Standard Webhooks 1.0.0, HMAC-SHA256: {@code webhook-signature: v1,…}. */
    STANDARD_V1,
    /** Standard Webhooks 1.0.0, Ed25519: {@code webhook-signature: v1a,…}; receivers hold the public key alone. */
    STANDARD_V1A,
    /** As Stripe signs: {@code Matrix-Signature: t=…,v1=…}, HMAC-SHA256 in hex. */
    STRIPE,
    /** As GitHub signs: {@code X-Hub-Signature-256: sha256=…}; covers the body alone, not its time. */
    GITHUB
}
