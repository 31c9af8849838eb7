package dev.matrix.webhooks;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.webhooks.spi.EndpointKeyRow;

/** What signs an endpoint's requests. Immutable and thread-safe; its text form holds no byte of it. */
sealed interface SigningKey permits SharedSecret, Ed25519KeyPair {

    EndpointKeyRow.Kind kind();

    /** The key itself, {@code whsec_…} or {@code whsk_…}: to be sealed, or shown once. */
    String text();

    /** One value of {@code webhook-signature}: the tag, a comma, and base64 of the signature of prefix and body. */
    String standard(byte[] prefix, byte[] body);

    /** Reads a key's {@link #text}; refuses what isn't one, without repeating it. */
    static SigningKey parse(String text) {
        if (KeyFormat.SECRET.isOf(text)) {
            return SharedSecret.parse(text);
        }
        if (KeyFormat.KEY_PAIR.isOf(text)) {
            return Ed25519KeyPair.parse(text);
        }
        throw new InvalidRequestException(
                "A signing key begins with whsec_ (a shared secret) or whsk_ (an Ed25519 key pair); this doesn't.");
    }
}
