package dev.matrix.webhooks;

import dev.matrix.core.InvalidRequestException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers a host may add to an endpoint's requests. */
final class CustomHeaders {

    private static final int MOST = 20;
    private static final int LARGEST = 4 << 10;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");
    private static final Set<String> RESERVED = Set.of(
            "host",
            "transfer-encoding",
            "connection",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "accept-encoding",
            "user-agent",
            "x-hub-signature-256",
            "matrix-signature");

    private CustomHeaders() {}

    static void check(Map<String, String> headers) {
        int size = 0;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            String name = header.getKey();
            if (!NAME.matcher(name).matches() || isReserved(name)) {
                throw new InvalidRequestException("The header '" + printable(name)
                        + "' can't be set: it is reserved or no" + " header name. Choose another, such as X-Api-Key.");
            }
            if (!VALUE.matcher(header.getValue()).matches()) {
                throw new InvalidRequestException("The value of header " + name
                        + " holds a line break, NUL or non-ASCII character; encode it as ASCII.");
            }
            size += name.length() + header.getValue().length();
        }
        if (headers.size() > MOST || size > LARGEST) {
            throw new InvalidRequestException("An endpoint has at most " + MOST + " headers of " + LARGEST
                    + " characters in all; these are " + headers.size() + " of " + size + ".");
        }
    }

    private static boolean isReserved(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return RESERVED.contains(lower) || lower.startsWith("webhook-") || lower.startsWith("content-");
    }

    private static String printable(String name) {
        return name.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
