package dev.matrix.webhooks.signing;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What signs requests: a shared secret or a key pair. Immutable and thread-safe; its text form holds no byte of the key. */
public abstract sealed class SigningKey permits SharedSecret, Ed25519KeyPair {

    /** What a key is. Its names are stored. */
    public enum Kind {
        /** A secret that sender and receiver share: {@code whsec_} and 24 to 64 bytes in base64. */
        SECRET,
        /** An Ed25519 key pair (RFC 8032): {@code whsk_} and 64 bytes in base64, a seed and its public key. */
        ED25519
    }

    /** What this key is. */
    public abstract Kind kind();

    /** The key itself, {@code whsec_…} or {@code whsk_…}: to be sealed, or shown once. */
    public abstract String text();

    /** What receivers verify a key pair by, {@code whpk_…}; empty for a shared secret. */
    public abstract Optional<String> publicKey();

    /** One value of {@code webhook-signature}: the tag, a comma, and base64 of the signature of prefix and body. */
    abstract String standard(byte[] prefix, byte[] body);

    /** Reads a key's {@link #text}; refuses another text by InvalidRequestException, without repeating it. */
    public static SigningKey parse(String text) {
        requireNonNull(text, "text");
        if (KeyFormat.SECRET.isOf(text)) {
            return parse(Kind.SECRET, text);
        }
        if (KeyFormat.KEY_PAIR.isOf(text)) {
            return parse(Kind.ED25519, text);
        }
        throw new InvalidRequestException(
                "A signing key begins with whsec_ (a shared secret) or whsk_ (an Ed25519 key pair); this doesn't.");
    }

    /** As {@link #parse(String)}, where only one kind will do. */
    public static SigningKey parse(Kind kind, String text) {
        return switch (kind) {
            case SECRET -> SharedSecret.of(text);
            case ED25519 -> Ed25519KeyPair.of(text);
        };
    }

    /**
     * A new key; a secret has 32 bytes.
     *
     * @param random must be a {@link java.security.SecureRandom}, except in tests
     */
    public static SigningKey generate(Kind kind, RandomGenerator random) {
        return switch (kind) {
            case SECRET -> SharedSecret.generate(random);
            case ED25519 -> Ed25519KeyPair.generate(random);
        };
    }
}
