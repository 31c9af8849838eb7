package dev.matrix.webhooks.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.matrix.webhooks.signing.SigningKey.Kind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Signs an endpoint's requests: from its schemes and live keys, newest first, the headers by which a receiver knows a
 * request for genuine. Immutable and thread-safe; keep one as long as the endpoint's keys stay the same.
 *
 * @param schemes all of them sign each request
 * @param keys newest first; each scheme has one at least that can sign it, or making this throws IllegalArgumentException
 * @param stripeHeader the header of {@link SignatureScheme#STRIPE}, such as {@link #STRIPE}
 */
public record Signatures(List<SignatureScheme> schemes, List<SigningKey> keys, String stripeHeader) {

    static final String ID = "webhook-id";
    static final String TIMESTAMP = "webhook-timestamp";
    static final String STANDARD = "webhook-signature";
    /** The header of {@link SignatureScheme#STRIPE}, unless the sender names another. */
    public static final String STRIPE = "Matrix-Signature";

    static final String STRIPE_TAG = "v1=";
    static final String GITHUB = "X-Hub-Signature-256";
    static final String GITHUB_TAG = "sha256=";

    private static final byte[] NOTHING = {};

    /** Checks that no scheme would go unsigned. */
    public Signatures {
        schemes = List.copyOf(schemes);
        keys = List.copyOf(keys);
        for (SignatureScheme scheme : schemes) {
            Kind kind = scheme == SignatureScheme.STANDARD_V1A ? Kind.ED25519 : Kind.SECRET;
            if (keys.stream().noneMatch(key -> key.kind() == kind)) {
                throw new IllegalArgumentException("No key signs " + scheme + "; its requests would go unsigned.");
            }
        }
    }

    /** The headers of one attempt; the body is sent exactly as it is signed here. */
    public Map<String, String> headers(String eventId, Instant attemptedAt, byte[] body) {
        String time = Long.toString(attemptedAt.getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(ID, eventId);
        headers.put(TIMESTAMP, time);
        if (schemes.contains(SignatureScheme.STANDARD_V1) || schemes.contains(SignatureScheme.STANDARD_V1A)) {
            headers.put(STANDARD, standard((eventId + "." + time + ".").getBytes(UTF_8), body));
        }
        if (schemes.contains(SignatureScheme.STRIPE)) {
            headers.put(stripeHeader, "t=" + time + stripe((time + ".").getBytes(UTF_8), body));
        }
        if (schemes.contains(SignatureScheme.GITHUB)) {
            headers.put(GITHUB, GITHUB_TAG + secrets().get(0).hex(NOTHING, body));
        }
        return headers;
    }

    private String standard(byte[] prefix, byte[] body) {
        return keys.stream()
                .filter(key -> schemes.contains(standardScheme(key)))
                .map(key -> key.standard(prefix, body))
                .collect(joining(" "));
    }

    private String stripe(byte[] prefix, byte[] body) {
        return secrets().stream()
                .map(secret -> "," + STRIPE_TAG + secret.hex(prefix, body))
                .collect(joining());
    }

    private List<Hmac> secrets() {
        return keys.stream()
                .filter(SharedSecret.class::isInstance)
                .map(key -> ((SharedSecret) key).whole())
                .toList();
    }

    private static SignatureScheme standardScheme(SigningKey key) {
        return switch (key.kind()) {
            case SECRET -> SignatureScheme.STANDARD_V1;
            case ED25519 -> SignatureScheme.STANDARD_V1A;
        };
    }
}
