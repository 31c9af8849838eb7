package dev.matrix.devtools;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/** Text from modules made harmless, one function a context; whatever it says, it stays data there. */
final class Escapes {

    private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\u2028-\\u202e\\u2066-\\u2069]+");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");

    private static final String PLAIN_IN_URL = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

    private Escapes() {}

    /** Inside a comment that ends at the line's end; controls, line breaks and reversals of direction are spaces. */
    static String lineComment(String text) {
        return BREAKS.matcher(text).replaceAll(" ").strip();
    }

    /** Inside a {@code /** … *}{@code /}, where {@code @} starts a tag. */
    static String blockComment(String text) {
        return lineComment(text).replace("*/", "*&#47;").replace("@", "&#64;");
    }

    /** Inside a Python docstring. */
    static String docstring(String text) {
        return lineComment(text).replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** A string of JavaScript, quotes and all; also within a block comment or a script element. */
    static String javaScript(String text) {
        return quoted(text, c -> String.format(Locale.ROOT, "\\u%04x", c))
                .replace("*/", "*\\/")
                .replace("<", "\\u003c");
    }

    /** A string of Python, quotes and all. */
    static String python(String text) {
        return quoted(text, c -> String.format(Locale.ROOT, "\\u%04x", c));
    }

    /** A word of a shell's command. */
    static String shell(String text) {
        return "'" + text.replace("\0", "").replace("'", "'\\''") + "'";
    }

    /** One segment of a URL's path, or a name or value of its query. */
    static String url(String text) {
        StringBuilder out = new StringBuilder();
        for (byte each : text.getBytes(UTF_8)) {
            char c = (char) (each & 0xff);
            boolean plain = PLAIN_IN_URL.indexOf(c) >= 0;
            out.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return out.toString();
    }

    /** A type's name in all languages: what no identifier has is left out. */
    static String identifier(String name) {
        String letters = name.replaceAll("[^A-Za-z0-9_]", "");
        return letters.isEmpty() || Character.isDigit(letters.charAt(0)) ? "T" + letters : letters;
    }

    /** The name of a member in a JavaScript object or a TypeScript type: bare if it may be. */
    static String property(String name) {
        // As a literal, a bare or quoted __proto__ would set the prototype.
        return name.equals("__proto__")
                ? "[\"__proto__\"]"
                : IDENTIFIER.matcher(name).matches() ? name : javaScript(name);
    }

    private static String quoted(String text, IntFunction<String> escape) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (isBreak(c) || (Character.isSurrogate(c) && !paired(text, i))) {
                out.append(escape.apply(c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    /** A control, a line break or a reversal of direction; as {@link #BREAKS}, which is slow for each character. */
    private static boolean isBreak(char c) {
        return c < ' ' || c == 0x7f || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    }

    private static boolean paired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
