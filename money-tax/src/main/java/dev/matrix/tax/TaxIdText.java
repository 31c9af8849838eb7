package dev.matrix.tax;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.tax.format.Formats;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads tax ids as people write them. */
final class TaxIdText {

    private record Label(String text, String prefix) {}

    private static final int LONGEST_TEXT = 128;

    /** What ids of countries without a prefix are called. */
    private static final List<Label> LABELS = List.of(
            new Label("GSTIN", "IN"),
            new Label("ABN", "AU"),
            new Label("IRD", "NZ"),
            new Label("UEN", "SG"),
            new Label("BN", "CA"));

    private static final Map<String, String> OTHER_NAMES = Map.of("GR", "EL");

    private TaxIdText() {}

    static TaxId parse(String text) {
        String id = compact(text);
        for (Label label : LABELS) {
            if (id.startsWith(label.text())) {
                return new TaxId(label.prefix(), id.substring(label.text().length()));
            }
        }
        if (id.length() > 2 && id.charAt(0) == 'T' && isDigit(id.charAt(1))) {
            return new TaxId("JP", id);
        }
        if (id.length() <= 2 || !isLetter(id.charAt(0)) || !isLetter(id.charAt(1))) {
            throw new InvalidRequestException(
                    "A tax id begins with its prefix of two letters, such as DE; this text of " + text.length()
                            + " characters doesn't. Name the country, or put the prefix before it.");
        }
        return new TaxId(id.substring(0, 2), id.substring(2));
    }

    static TaxId of(String country, String text) {
        String prefix = prefix(country);
        String id = compact(text);
        if (!Formats.accepts(prefix, id)) {
            for (Label label : LABELS) {
                if (label.prefix().equals(prefix) && id.startsWith(label.text())) {
                    return new TaxId(prefix, id.substring(label.text().length()));
                }
            }
            if (id.length() > 2 && isPrefix(id) && prefix(id.substring(0, 2)).equals(prefix)) {
                return new TaxId(prefix, id.substring(2));
            }
        }
        return new TaxId(prefix, id);
    }

    static String prefix(String text) {
        String prefix = text.toUpperCase(Locale.ROOT);
        if (prefix.length() != 2 || !isPrefix(prefix)) {
            throw new InvalidRequestException("A tax id's prefix is a country's two letters, such as DE; one of "
                    + text.length() + " characters was given.");
        }
        return OTHER_NAMES.getOrDefault(prefix, prefix);
    }

    private static boolean isPrefix(String id) {
        return isLetter(id.charAt(0)) && isLetter(id.charAt(1));
    }

    /** Upper case, without separators; the text itself where it is so already. */
    static String compact(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new InvalidRequestException("A tax id has at most " + LONGEST_TEXT + " characters as written; "
                    + text.length() + " were given.");
        }
        int kept = 0;
        while (kept < text.length() && isPlain(text.charAt(kept))) {
            kept++;
        }
        if (kept == text.length()) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length()).append(text, 0, kept);
        for (int i = kept; i < text.length(); i++) {
            char c = text.charAt(i);
            char upper = c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
            if (isPlain(upper)) {
                plain.append(upper);
            } else if (!isSeparator(c)) {
                throw new InvalidRequestException(String.format(
                        Locale.ROOT,
                        "A tax id has letters A to Z and digits; U+%04X at place %d is neither, nor a separator.",
                        (int) c,
                        i + 1));
            }
        }
        return plain.toString();
    }

    private static boolean isPlain(char c) {
        return isDigit(c) || isLetter(c) || c == '+' || c == '*';
    }

    private static boolean isSeparator(char c) {
        int kind = Character.getType(c);
        return c == '.'
                || c == '/'
                || c == '\u2212'
                || c == '\t'
                || kind == Character.DASH_PUNCTUATION
                || kind == Character.SPACE_SEPARATOR;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
