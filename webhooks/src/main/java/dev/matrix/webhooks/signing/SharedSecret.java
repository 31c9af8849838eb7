package dev.matrix.webhooks.signing;

import java.util.Optional;
import java.util.random.RandomGenerator;

/** A secret that sender and receiver share. */
final class SharedSecret extends SigningKey {

    static final String TAG = "v1,";

    private static final int BYTES = 32;

    private final String text;
    private final Hmac decoded;
    private final Hmac whole;

    private SharedSecret(String text) {
        this.text = text;
        this.decoded = new Hmac(KeyFormat.SECRET.decode(text));
        this.whole = Hmac.ofText(text);
    }

    static SharedSecret of(String text) {
        return new SharedSecret(text);
    }

    /** A new one, of 32 bytes. */
    static SharedSecret generate(RandomGenerator random) {
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        return new SharedSecret(KeyFormat.SECRET.encode(key));
    }

    /** Keyed by the whole text, for the STRIPE and GITHUB schemes. */
    Hmac whole() {
        return whole;
    }

    @Override
    public Kind kind() {
        return Kind.SECRET;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public Optional<String> publicKey() {
        return Optional.empty();
    }

    @Override
    String standard(byte[] prefix, byte[] body) {
        return TAG + decoded.base64(prefix, body);
    }

    @Override
    public String toString() {
        return "SharedSecret";
    }
}
