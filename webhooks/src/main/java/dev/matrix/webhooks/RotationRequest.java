package dev.matrix.webhooks;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which key an endpoint gets anew, and for how long those before it go on signing (W11). Immutable; starts at {@link
 * #ofSecret()} or {@link #ofKeyPair()}. Its text form shows no key.
 *
 * @param keyPair whether it is the Ed25519 key pair of {@link SignatureScheme#STANDARD_V1A}; else the shared secret
 * @param key the new key, {@code whsec_…} or {@code whsk_…}; null: a random one
 * @param grace for how long older keys of its kind go on signing at most: 24 h by default, 0 to 7 days; 0 drops them at once
 */
public record RotationRequest(boolean keyPair, @Nullable String key, Duration grace) {

    private static final Duration STANDARD_GRACE = Duration.ofDays(1);
    private static final Duration LONGEST_GRACE = Duration.ofDays(7);

    /** Refuses a malformed key or a grace out of bounds, by InvalidRequestException. */
    public RotationRequest {
        if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
            throw new InvalidRequestException("A replaced key signs on for 0 to 7 days; " + grace + " is not.");
        }
        if (key != null) {
            (keyPair ? KeyFormat.KEY_PAIR : KeyFormat.SECRET).decode(key);
        }
    }

    /** A random shared secret, with a grace of 24 h. */
    public static RotationRequest ofSecret() {
        return new RotationRequest(false, null, STANDARD_GRACE);
    }

    /** A random key pair, with a grace of 24 h. */
    public static RotationRequest ofKeyPair() {
        return new RotationRequest(true, null, STANDARD_GRACE);
    }

    /** This request with a key of the host's instead of a random one. */
    public RotationRequest to(String text) {
        return new RotationRequest(keyPair, requireNonNull(text, "key"), grace);
    }

    /** This request with another grace. */
    public RotationRequest grace(Duration signOn) {
        return new RotationRequest(keyPair, key, signOn);
    }

    @Override
    public String toString() {
        return "RotationRequest[" + (keyPair ? "key pair" : "secret") + ", grace " + grace + "]";
    }
}
