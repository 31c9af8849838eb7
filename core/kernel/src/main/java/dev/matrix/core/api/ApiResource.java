package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

/**
 * A static file of the API, for everybody to read: GET and HEAD, with an ETag of its content.
 *
 * @param path where it is, such as {@code /playground/app.js}; no variables
 * @param mediaType its {@code Content-Type}
 * @param content its bytes
 * @param headers further headers, such as {@code Content-Security-Policy}
 */
public record ApiResource(String path, String mediaType, byte[] content, ApiHeaders headers) {

    public ApiResource {
        requireNonNull(path, "path");
        requireNonNull(mediaType, "mediaType");
        requireNonNull(content, "content");
        requireNonNull(headers, "headers");
    }

    /** A file without further headers. */
    public static ApiResource of(String path, String mediaType, byte[] content) {
        return new ApiResource(path, mediaType, content, ApiHeaders.empty());
    }
}
