package dev.matrix.security.tree;

import java.util.Base64;

/** Standard Base64 (RFC 4648, section 4) in its one form: with padding, and nothing in the bits that are not used. */
final class Base64Text {

    private Base64Text() {}

    static byte[] decode(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new TreeFormatException("This is not standard Base64: " + start(text), e);
        }
        throw new TreeFormatException("This Base64 lacks its padding, or has more bits than bytes: " + start(text));
    }

    private static String start(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
