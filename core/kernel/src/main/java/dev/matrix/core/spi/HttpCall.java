package dev.matrix.core.spi;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One HTTP request. Its text form shows method and host alone.
 *
 * @param method upper case, such as {@code POST}
 * @param uri absolute, http or https
 * @param headers names in any case, each with its values; a {@code Content-Type} is sent exactly as given
 * @param body the body's bytes, empty for none; not copied, so don't change them
 * @param timeout bounds the whole call, from resolving the name to the reply's last byte; more than zero
 * @param replyCap at most how many raw bytes of the reply's body are read
 * @param reach which addresses it may connect to
 */
public record HttpCall(
        String method,
        URI uri,
        Map<String, List<String>> headers,
        byte[] body,
        Duration timeout,
        int replyCap,
        Reach reach) {

    /** Which addresses a call may connect to. */
    public sealed interface Reach {

        /** Only those that a policy allows, judged when connecting, on the address used. */
        record PublicOnly(AddressPolicy policy) implements Reach {}

        /** Any address: for targets that the host itself configured. */
        record Any() implements Reach {}
    }

    public HttpCall {
        requireNonNull(method, "method");
        requireNonNull(body, "body");
        requireNonNull(timeout, "timeout");
        requireNonNull(reach, "reach");
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new InvalidRequestException("A call needs an absolute http or https URI with a host.");
        }
        if (timeout.isZero() || timeout.isNegative()) {
            throw new InvalidRequestException("A call's timeout is more than zero; " + timeout + " was given.");
        }
        if (replyCap < 0) {
            throw new InvalidRequestException("A reply cap is 0 or more bytes; " + replyCap + " was given.");
        }
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        headers = Collections.unmodifiableMap(copy);
    }

    @Override
    public String toString() {
        return method + " " + uri.getScheme() + "://" + uri.getHost();
    }
}
