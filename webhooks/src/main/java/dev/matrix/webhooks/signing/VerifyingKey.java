package dev.matrix.webhooks.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.InvalidRequestException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** A key in a receiver's hands. Thread-safe. */
@FunctionalInterface
interface VerifyingKey {

    /** Tells which listed signatures, tag and all, are this key's of prefix and body. Never throws for what is listed. */
    Predicate<String> judge(byte[] prefix, byte[] body);

    /** {@code whsec_…}, with or without the prefix, or {@code whpk_…}. */
    static VerifyingKey standard(String key) {
        if (KeyFormat.KEY_PAIR.isOf(key)) {
            throw new InvalidRequestException("A receiver holds the public key, whpk_; leave whsk_ with the sender.");
        }
        if (KeyFormat.PUBLIC_KEY.isOf(key)) {
            return ed25519(Ed25519PublicKey.parse(key));
        }
        return expecting(SharedSecret.of(KeyFormat.SECRET.prefixed(key))::standard);
    }

    static VerifyingKey stripe(String secret) {
        Hmac hmac = whole(secret);
        return expecting((prefix, body) -> Signatures.STRIPE_TAG + hmac.hex(prefix, body));
    }

    static VerifyingKey github(String secret) {
        Hmac hmac = whole(secret);
        return expecting((prefix, body) -> Signatures.GITHUB_TAG + hmac.hex(prefix, body));
    }

    private static Hmac whole(String secret) {
        if (secret.isEmpty()) {
            throw new InvalidRequestException("A webhook's secret isn't empty; is its setting missing?");
        }
        return Hmac.ofText(secret);
    }

    private static VerifyingKey expecting(BiFunction<byte[], byte[], String> signature) {
        return (prefix, body) -> {
            byte[] expected = signature.apply(prefix, body).getBytes(UTF_8);
            return listed -> MessageDigest.isEqual(expected, listed.getBytes(UTF_8));
        };
    }

    private static VerifyingKey ed25519(Ed25519PublicKey key) {
        return (prefix, body) -> listed -> {
            if (!listed.startsWith(Ed25519KeyPair.TAG)) {
                return false;
            }
            byte[] signature;
            try {
                signature = Base64.getDecoder().decode(listed.substring(Ed25519KeyPair.TAG.length()));
            } catch (IllegalArgumentException e) {
                return false;
            }
            return key.verifies(prefix, body, signature);
        };
    }
}
