package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came over the wire; nothing in it is decoded. Its body is read once, by the dispatcher.
 *
 * @param method as sent, such as {@code GET}
 * @param rawPath the target's path, escapes and all
 * @param rawQuery what follows {@code ?}, escapes and all; null: there is no {@code ?}
 * @param headers every header line
 * @param body at its first byte; empty for a request without one
 * @param peer the address of the connection's other end, without port
 */
public record ApiRequest(
        String method, String rawPath, @Nullable String rawQuery, ApiHeaders headers, InputStream body, String peer) {

    public ApiRequest {
        requireNonNull(method, "method");
        requireNonNull(rawPath, "rawPath");
        requireNonNull(headers, "headers");
        requireNonNull(body, "body");
        requireNonNull(peer, "peer");
    }

    /** Method and path alone: query and headers can hold what nobody should read. */
    @Override
    public String toString() {
        return method + " " + rawPath;
    }
}
