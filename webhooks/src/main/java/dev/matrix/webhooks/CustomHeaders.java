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
            if (!NAME.matcher(name).matches()) {
                throw new InvalidRequestException("'" + printable(name)
                        + "' is no header name: those are 1 to 64 letters, digits and hyphens, such as X-Api-Key.");
            }
            if (isReserved(name)) {
                throw reserved(name);
            }
            if (!VALUE.matcher(header.getValue()).matches()) {
                throw new InvalidRequestException("The value of header " + name
                        + " holds a line break, a control or non-ASCII character; encode it.");
            }
            size += name.length() + header.getValue().length();
        }
        if (headers.size() > MOST || size > LARGEST) {
            throw new InvalidRequestException("An endpoint has at most " + MOST + " headers of " + LARGEST
                    + " characters in all; these are " + headers.size() + " of " + size + ".");
        }
    }

    /** Refuses those that would hide the signature, where the host gave its header a name of its own. */
    static void checkSpares(String signatureHeader, Map<String, String> headers) {
        for (String name : headers.keySet()) {
            if (name.equalsIgnoreCase(signatureHeader)) {
                throw reserved(name);
            }
        }
    }

    private static InvalidRequestException reserved(String name) {
        return new InvalidRequestException(
                "The header " + name + " is set by Matrix or by HTTP; choose another, such as X-Api-Key.");
    }

    private static boolean isReserved(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return RESERVED.contains(lower) || lower.startsWith("webhook-") || lower.startsWith("content-");
    }

    private static String printable(String name) {
        return name.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
