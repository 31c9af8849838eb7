package dev.matrix.webhooks;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.webhooks.signing.SignatureScheme;
import dev.matrix.webhooks.signing.SigningKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which key of an endpoint is replaced, and for how long older ones go on signing. Immutable; starts at {@link #ofSecret()} or
 * {@link #ofKeyPair()}. Its text form shows no key.
 *
 * @param kind the shared secret, or the key pair of {@link SignatureScheme#STANDARD_V1A}
 * @param key the new key, {@code whsec_…} or {@code whsk_…}; null: a random one
 * @param grace for how long older keys of its kind go on signing at most: 24 h by default, 0 to 7 days; 0 drops them at once
 */
public record RotationRequest(
        SigningKey.Kind kind, @Nullable String key, Duration grace) {

    private static final Duration STANDARD_GRACE = Duration.ofDays(1);
    private static final Duration LONGEST_GRACE = Duration.ofDays(7);

    /** Refuses a malformed key or a grace out of bounds, by InvalidRequestException. */
    public RotationRequest {
        if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
            throw new InvalidRequestException("A replaced key signs on for 0 to 7 days; " + grace + " is not.");
        }
        if (key != null) {
            SigningKey.parse(kind, key);
        }
    }

    /** A random shared secret, with a grace of 24 h. */
    public static RotationRequest ofSecret() {
        return new RotationRequest(SigningKey.Kind.SECRET, null, STANDARD_GRACE);
    }

    /** A random key pair, with a grace of 24 h. */
    public static RotationRequest ofKeyPair() {
        return new RotationRequest(SigningKey.Kind.ED25519, null, STANDARD_GRACE);
    }

    /** This request with a key of the host's instead of a random one. */
    public RotationRequest to(String text) {
        return new RotationRequest(kind, requireNonNull(text, "key"), grace);
    }

    /** This request with another grace. */
    public RotationRequest grace(Duration signOn) {
        return new RotationRequest(kind, key, signOn);
    }

    @Override
    public String toString() {
        return "RotationRequest[" + kind + ", grace " + grace + "]";
    }
}
