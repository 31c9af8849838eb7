package dev.matrix.security;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What texts and times of callers must be, before a store sees them. */
final class Texts {

    /** The last instant that every store holds. */
    static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private Texts() {}

    /** Neither blank nor long, and without what some store or log can't hold: control characters and half surrogates. */
    static String require(String what, String text, int longest) {
        requireNonNull(text, what);
        if (text.isBlank()) {
            throw new InvalidRequestException(what + " is not blank.");
        }
        return requireShort(what, text, longest);
    }

    /** As {@link #require}, but it may be empty. */
    static String requireShort(String what, String text, int longest) {
        requireNonNull(text, what);
        int length = text.codePointCount(0, text.length());
        if (length > longest) {
            throw new InvalidRequestException(
                    what + " has at most " + longest + " characters; this one has " + length + ".");
        }
        if (text.codePoints().anyMatch(Texts::isUnfit)) {
            throw new InvalidRequestException(
                    what + " holds a control character or half a surrogate pair; leave it out.");
        }
        return text;
    }

    private static boolean isUnfit(int c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || (c >= 0xd800 && c <= 0xdfff);
    }

    /** An end that is still to come; null: there is none. */
    static void requireEnd(@Nullable Instant end, Instant now) {
        if (end != null && !end.isAfter(now)) {
            throw new InvalidRequestException("The end " + end + " has passed; it is " + now + ".");
        }
        if (end != null && end.isAfter(LAST)) {
            throw new InvalidRequestException("An end is at most " + LAST + "; leave it out for none.");
        }
    }
}
