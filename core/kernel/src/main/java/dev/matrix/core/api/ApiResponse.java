package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

/**
 * A response for an adapter to send: it adds framing (length or chunks, connection) and nothing else.
 *
 * @param status 200 to 599
 * @param headers all headers but those of framing
 * @param body what follows them; empty for 204, 304 and HEAD
 */
public record ApiResponse(int status, ApiHeaders headers, ApiBody body) {

    public ApiResponse {
        requireNonNull(headers, "headers");
        requireNonNull(body, "body");
    }
}
