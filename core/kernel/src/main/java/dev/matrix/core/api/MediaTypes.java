package dev.matrix.core.api;

import java.util.Locale;
import java.util.Set;

/** Media types in {@code Accept} and {@code Content-Type} (RFC 9110, 12.5.1 and 8.3). */
final class MediaTypes {

    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final java.util.regex.Pattern REFUSED = java.util.regex.Pattern.compile("(?i).*;q=0(\\.0*)?(;.*)?");
    private static final java.util.regex.Pattern UTF_8 =
            java.util.regex.Pattern.compile("(?i)\\s*;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*");

    private MediaTypes() {}

    /** The type without its parameters, in lower case. */
    static String essence(String mediaType) {
        int end = mediaType.indexOf(';');
        return (end < 0 ? mediaType : mediaType.substring(0, end)).trim().toLowerCase(Locale.ROOT);
    }

    /** Whether one of the types is accepted; without Accept every one is. */
    static boolean accepts(ApiHeaders headers, Set<String> types) {
        String accept = headers.first("Accept");
        if (accept == null || accept.equals("*/*") || types.isEmpty() || types.contains(accept)) {
            return true;
        }
        for (String line : headers.all("Accept")) {
            for (String range : line.split(",", -1)) {
                String essence = essence(range);
                if (!isRefused(range) && types.stream().anyMatch(type -> matches(essence, essence(type)))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isRefused(String range) {
        return range.indexOf(';') >= 0
                && REFUSED.matcher(range.replace(" ", "")).matches();
    }

    private static boolean matches(String range, String type) {
        return range.equals("*/*")
                || range.equals(type)
                || (range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1)));
    }

    /** Whether a body can be read as the operation's JSON. */
    static boolean isJson(ApiHeaders headers, String method) {
        String encoding = headers.first("Content-Encoding");
        String type = headers.first("Content-Type");
        if (type == null || (encoding != null && !encoding.equalsIgnoreCase("identity"))) {
            return false;
        }
        String essence = essence(type);
        if (!essence.equals(ReplyPlan.JSON) && !(essence.equals(MERGE_PATCH) && method.equals("PATCH"))) {
            return false;
        }
        int parameters = type.indexOf(';');
        return parameters < 0 || UTF_8.matcher(type.substring(parameters)).matches();
    }
}
