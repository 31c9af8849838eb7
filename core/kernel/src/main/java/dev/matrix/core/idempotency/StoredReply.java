package dev.matrix.core.idempotency;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What was answered, and is again to each call with the same key. Its body is sealed at rest.
 *
 * @param status 100 to 399: what failed rolls back and is never kept
 * @param headers by name, one value each, without line breaks; not sealed, so nothing secret
 * @param body at most {@link #LARGEST_BODY} bytes; not copied
 * @param version of the shapes in the body, such as {@code 2026-11-01}; empty: they have none
 */
public record StoredReply(int status, Map<String, String> headers, byte[] body, String version) {

    /** 1 MiB, as much as a request may have. */
    public static final int LARGEST_BODY = 1 << 20;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern VALUE = Pattern.compile("[^\\p{Cntrl}]*");

    /** @throws IllegalArgumentException when a part hasn't its form */
    public StoredReply {
        headers = Map.copyOf(headers);
        requireNonNull(version, "version");
        require(status >= 100 && status < 400, "a status of success, not " + status);
        require(body.length <= LARGEST_BODY, "at most " + LARGEST_BODY + " bytes of body, not " + body.length);
        headers.forEach((name, value) -> require(
                NAME.matcher(name).matches() && VALUE.matcher(value).matches(), "headers of one line, unlike " + name));
    }

    /** A reply without headers and version. */
    public static StoredReply of(int status, byte[] body) {
        return new StoredReply(status, Map.of(), body, "");
    }

    private static void require(boolean held, String what) {
        if (!held) {
            throw new IllegalArgumentException("A reply that is kept has " + what + ".");
        }
    }

    /** Status and header names alone: bodies can hold secrets. */
    @Override
    public String toString() {
        return "StoredReply[" + status + ", " + new TreeMap<>(headers).keySet() + ", " + body.length + " bytes]";
    }
}
