package dev.matrix.http;

import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiResponse;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** What belongs to the connection and not to the response (RFC 9112). */
final class Framing {

    private static final Set<String> NAMES = names("Connection", "Content-Length", "Keep-Alive", "Transfer-Encoding");
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private Framing() {}

    private static Set<String> names(String... names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(Set.of(names));
        return set;
    }

    static boolean isFraming(String header) {
        return NAMES.contains(header);
    }

    /** Whether bytes follow the head. */
    static boolean hasBody(String method, ApiResponse response) {
        return !method.equals("HEAD")
                && response.status() != NO_CONTENT
                && response.status() != NOT_MODIFIED
                && length(response.body()).orElse(1) > 0;
    }

    /** The length that a reply without bytes names: none of 204 and 304, zero of others, of HEAD that of GET's reply. */
    static OptionalLong emptyLength(String method, ApiResponse response) {
        if (response.status() == NO_CONTENT || response.status() == NOT_MODIFIED) {
            return OptionalLong.empty();
        }
        return method.equals("HEAD") ? headLength(response) : OptionalLong.of(0);
    }

    /** Of the body here, else as the response itself says. */
    private static OptionalLong headLength(ApiResponse response) {
        String said = response.headers().first("Content-Length");
        return response.body() instanceof ApiBody.Empty && said != null
                ? OptionalLong.of(Long.parseLong(said))
                : length(response.body());
    }

    private static OptionalLong length(ApiBody body) {
        if (body instanceof ApiBody.Bytes bytes) {
            return OptionalLong.of(bytes.content().length);
        }
        if (body instanceof ApiBody.Stream stream) {
            return stream.length() < 0 ? OptionalLong.empty() : OptionalLong.of(stream.length());
        }
        return OptionalLong.of(0);
    }
}
