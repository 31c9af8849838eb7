package dev.matrix.money.source;

import dev.matrix.core.spi.HttpReply;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What makes a request conditional (RFC 9110, section 13), as a note of three lines: address, ETag, Last-Modified. */
record Validators(
        URI address, @Nullable String etag, @Nullable String lastModified) {

    /** Those of a note, if it is of this address. */
    static Validators of(URI address, @Nullable String note) {
        String[] lines = note == null ? new String[0] : note.split("\n", -1);
        if (lines.length != 3 || !lines[0].equals(address.toString())) {
            return new Validators(address, null, null);
        }
        return new Validators(address, orNull(lines[1]), orNull(lines[2]));
    }

    static Validators of(URI address, HttpReply reply) {
        return new Validators(address, oneLine(reply.header("ETag")), oneLine(reply.header("Last-Modified")));
    }

    Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        if (etag != null) {
            headers.put("If-None-Match", etag);
        }
        if (lastModified != null) {
            headers.put("If-Modified-Since", lastModified);
        }
        return headers;
    }

    /** Null where there is nothing to send back. */
    @Nullable
    String note() {
        return etag == null && lastModified == null
                ? null
                : address + "\n" + (etag == null ? "" : etag) + "\n" + (lastModified == null ? "" : lastModified);
    }

    private static @Nullable String oneLine(@Nullable String header) {
        return header == null || header.indexOf('\n') >= 0 ? null : orNull(header);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
