package dev.matrix.webhooks.signing;

import static dev.matrix.webhooks.signing.Ed25519PublicKey.ALGORITHM;
import static dev.matrix.webhooks.signing.Ed25519PublicKey.BYTES;

import dev.matrix.core.InvalidRequestException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** An Ed25519 key pair (RFC 8032): the sender alone can sign, whoever has the public key can verify. */
final class Ed25519KeyPair extends SigningKey {

    static final String TAG = "v1a,";

    private static final byte[] NOTHING = {};

    private final String text;
    private final PrivateKey privateKey;
    private final Ed25519PublicKey publicKey;

    private Ed25519KeyPair(String text, PrivateKey privateKey, Ed25519PublicKey publicKey) {
        this.text = text;
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    static Ed25519KeyPair of(String text) {
        byte[] key = KeyFormat.KEY_PAIR.decode(text);
        byte[] seed = Arrays.copyOf(key, BYTES);
        Ed25519PublicKey publicKey = Ed25519PublicKey.of(Arrays.copyOfRange(key, BYTES, key.length));
        Ed25519KeyPair pair = new Ed25519KeyPair(text, privateKey(seed), publicKey);
        if (!publicKey.verifies(NOTHING, NOTHING, pair.sign(NOTHING, NOTHING))) {
            throw new InvalidRequestException(
                    "A whsk_ key is a seed of 32 bytes and then its public key; here the second isn't the first's.");
        }
        return pair;
    }

    static Ed25519KeyPair generate(RandomGenerator random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, new DrawnFrom(random));
            KeyPair drawn = generator.generateKeyPair();
            byte[] seed = ((EdECPrivateKey) drawn.getPrivate()).getBytes().orElseThrow();
            byte[] key = Arrays.copyOf(seed, 2 * BYTES);
            System.arraycopy(Ed25519PublicKey.raw(drawn.getPublic()), 0, key, BYTES, BYTES);
            return of(KeyFormat.KEY_PAIR.encode(key));
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    @Override
    public Optional<String> publicKey() {
        return Optional.of(publicKey.text());
    }

    @Override
    public Kind kind() {
        return Kind.ED25519;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    String standard(byte[] prefix, byte[] body) {
        return TAG + Base64.getEncoder().encodeToString(sign(prefix, body));
    }

    @Override
    public String toString() {
        return "Ed25519KeyPair";
    }

    private byte[] sign(byte[] prefix, byte[] body) {
        try {
            Signature signer = Signature.getInstance(ALGORITHM);
            signer.initSign(privateKey);
            signer.update(prefix);
            signer.update(body);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static PrivateKey privateKey(byte[] seed) {
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("This JVM has no working Ed25519, which the JDK's own provider has.", e);
    }

    /** The injected source in the form that the JDK's generator takes. */
    private static final class DrawnFrom extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final transient RandomGenerator source;

        private DrawnFrom(RandomGenerator source) {
            this.source = source;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            source.nextBytes(bytes);
        }
    }
}
