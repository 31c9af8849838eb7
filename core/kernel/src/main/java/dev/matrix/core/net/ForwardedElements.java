package dev.matrix.core.net;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of the header {@code Forwarded} (RFC 7239, section 4): elements separated by commas, each of parameters separated
 * by semicolons, whose values may be quoted. A quoted value ends with its line, so that what a client wrote can't swallow
 * what a proxy wrote on the next.
 */
final class ForwardedElements {

    private final String line;
    private int at;

    private ForwardedElements(String line) {
        this.line = line;
    }

    /** Adds each element's {@code for}; null for one that has none, has two, or is malformed. */
    static void addTo(List<@Nullable IpAddress> hops, String line) {
        ForwardedElements reader = new ForwardedElements(line);
        do {
            hops.add(reader.element());
        } while (reader.next(','));
    }

    private @Nullable IpAddress element() {
        @Nullable String node = null;
        boolean well = true;
        do {
            String name = token();
            boolean pair = next('=');
            @Nullable String value = pair ? value() : null;
            well &= value != null && !name.isEmpty();
            if (name.equalsIgnoreCase("for")) {
                well &= node == null;
                node = value;
            }
        } while (next(';'));
        if (at < line.length() && line.charAt(at) != ',') {
            well = false;
            at = endOfElement();
        }
        return well && node != null ? HeaderWalk.node(node) : null;
    }

    private int endOfElement() {
        int comma = line.indexOf(',', at);
        return comma < 0 ? line.length() : comma;
    }

    private boolean next(char sought) {
        skipBlanks();
        if (at < line.length() && line.charAt(at) == sought) {
            at++;
            return true;
        }
        return false;
    }

    private @Nullable String value() {
        skipBlanks();
        return at < line.length() && line.charAt(at) == '"' ? quoted() : token();
    }

    private @Nullable String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && at + 1 < line.length()) {
                at++;
            }
            value.append(line.charAt(at));
        }
        return null;
    }

    /** RFC 9110's token, and a colon besides, as some proxies leave IPv4's port unquoted. */
    private String token() {
        skipBlanks();
        int from = at;
        while (at < line.length() && ",;=\" \t".indexOf(line.charAt(at)) < 0) {
            at++;
        }
        return line.substring(from, at);
    }

    private void skipBlanks() {
        while (at < line.length() && isBlank(line.charAt(at))) {
            at++;
        }
    }

    /** Without the blanks and tabs around it. */
    static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
