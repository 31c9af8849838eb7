package dev.matrix.core.idempotency;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.json.Json;
import java.util.regex.Pattern;

/**
 * Which call it is, and what it asks for.
 *
 * @param account whose key it is: two accounts may use one key for two things
 * @param operation what is done: {@code [A-Za-z][A-Za-z0-9._-]{0,63}}
 * @param key the caller's, new for each thing to be done: 1 to 255 visible ASCII characters
 * @param fingerprint 32 bytes that are equal for calls that ask for the same
 */
public record IdempotentCall(Owner account, String operation, String key, byte[] fingerprint) {

    private static final Pattern OPERATION = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final int FINGERPRINT_BYTES = 32;

    /** @throws InvalidRequestException when a part hasn't its form; the message never repeats the key */
    public IdempotentCall {
        requireNonNull(account, "account");
        if (!OPERATION.matcher(operation).matches()) {
            throw new InvalidRequestException("An operation matches " + OPERATION + "; '" + operation + "' doesn't.");
        }
        if (!isKey(key)) {
            throw new InvalidRequestException("An idempotency key has 1 to 255 visible ASCII characters.");
        }
        if (fingerprint.length != FINGERPRINT_BYTES) {
            throw new InvalidRequestException("A fingerprint has " + FINGERPRINT_BYTES + " bytes.");
        }
    }

    /**
     * A call that asks for {@code request}, of which the order of members and the way numbers are written don't count:
     * {@code {"a":1.0,"b":2}} and {@code {"b":2,"a":1}} are the same.
     */
    public static IdempotentCall of(Owner account, String operation, String key, Json request) {
        return new IdempotentCall(account, operation, key, CanonicalJson.sha256(request));
    }

    /** Whether {@code text} can be a key. */
    public static boolean isKey(String text) {
        return KEY.matcher(text).matches();
    }
}
