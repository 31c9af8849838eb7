package dev.matrix.webhooks.signing;

import java.util.Base64;
import java.util.Map;

/**
 * What a receiver needs to verify {@link SignatureScheme#STANDARD_V1A}; no secret.
 *
 * @param id the key's id, {@code whk_…}
 * @param whpk {@code whpk_} and the 32 bytes in base64 (Standard Webhooks 1.0.0); {@link WebhookVerifier#standard} takes it
 */
public record PublicKey(String id, String whpk) {

    /** Refuses a text that is no Ed25519 public key, by InvalidRequestException. */
    public PublicKey {
        Ed25519PublicKey.parse(whpk);
    }

    /** The members of this key's JWK: an OKP key on Ed25519 (RFC 8037, section 2), with {@code kid} and {@code use}. */
    public Map<String, String> jwk() {
        String x = Base64.getUrlEncoder().withoutPadding().encodeToString(KeyFormat.PUBLIC_KEY.decode(whpk));
        return Map.of("kty", "OKP", "crv", "Ed25519", "x", x, "kid", id, "use", "sig", "alg", "EdDSA");
    }
}
