package dev.matrix.core.json;

import dev.matrix.core.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/** JSON that isn't what was expected at one place. The message names the place, never the value found there. */
public final class InvalidJsonException extends InvalidRequestException {

    private static final long serialVersionUID = 1L;

    private final String pointer;
    private final String expected;

    InvalidJsonException(String pointer, String expected) {
        this(pointer, expected, null);
    }

    InvalidJsonException(String pointer, String expected, @Nullable Throwable cause) {
        super("JSON at " + (pointer.isEmpty() ? "the root" : pointer) + ": expected " + expected + ".");
        this.pointer = pointer;
        this.expected = expected;
        if (cause != null) {
            initCause(cause);
        }
    }

    /** Where, as a JSON pointer (RFC 6901); empty for the whole document. */
    public String pointer() {
        return pointer;
    }

    /** What belongs there, such as {@code "an integer within ±2147483647"}. */
    public String expected() {
        return expected;
    }
}
