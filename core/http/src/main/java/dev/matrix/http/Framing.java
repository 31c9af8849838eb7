package dev.matrix.http;

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
                && response.body().length() != 0;
    }

    /** The length that a reply without bytes names: none of 204 and 304, zero of others, of HEAD that of GET's reply if it is known. */
    static OptionalLong emptyLength(String method, ApiResponse response) {
        if (response.status() == NO_CONTENT || response.status() == NOT_MODIFIED) {
            return OptionalLong.empty();
        }
        return method.equals("HEAD") ? headLength(response) : OptionalLong.of(0);
    }

    /** Of the body here; if there is none, as the response says, which may be nothing. */
    private static OptionalLong headLength(ApiResponse response) {
        long here = response.body().length();
        if (here != 0) {
            return here < 0 ? OptionalLong.empty() : OptionalLong.of(here);
        }
        String said = response.headers().first("Content-Length");
        return said == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(said));
    }
}
