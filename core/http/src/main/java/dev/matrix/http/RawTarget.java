package dev.matrix.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A request's target as it was sent, cut at the first question mark.
 *
 * @param path escapes and all
 * @param query escapes and all; null: there is no question mark
 */
record RawTarget(String path, @Nullable String query) {

    /** Of the origin form by its text: a URI would take {@code //a/b} for host a and path /b. */
    static RawTarget of(URI uri) {
        String text = uri.toString();
        if (!text.startsWith("/")) {
            return new RawTarget(uri.getRawPath(), uri.getRawQuery());
        }
        int mark = text.indexOf('?');
        return mark < 0 ? new RawTarget(text, null) : new RawTarget(text.substring(0, mark), text.substring(mark + 1));
    }
}
