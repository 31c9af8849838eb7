package dev.matrix.security.tree;

import java.util.regex.Pattern;

/** A size or index in text: decimal, without sign or leading zeros. */
final class Decimal {

    private static final Pattern FORM = Pattern.compile("0|[1-9][0-9]{0,17}");

    private Decimal() {}

    static long parse(String what, String text) {
        if (!FORM.matcher(text).matches()) {
            throw new TreeFormatException(
                    what + " is a decimal number without sign and leading zeros; this is none: " + text);
        }
        return Long.parseLong(text);
    }
}
