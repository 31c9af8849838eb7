package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

/**
 * What an operation with {@link Reply#media} returns: bytes of one of its media types.
 *
 * @param mediaType the {@code Content-Type}; without its parameters it is one of those declared
 * @param body the bytes
 */
public record ApiContent(String mediaType, ApiBody body) {

    public ApiContent {
        requireNonNull(mediaType, "mediaType");
        requireNonNull(body, "body");
    }

    /** Bytes at hand. */
    public static ApiContent of(String mediaType, byte[] content) {
        return new ApiContent(mediaType, ApiBody.of(content));
    }
}
