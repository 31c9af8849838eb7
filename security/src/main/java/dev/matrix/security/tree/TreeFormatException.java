package dev.matrix.security.tree;

/** Text or bytes that aren't what they should be: a note, a key, a proof, a hash. The message says what is wrong. */
public final class TreeFormatException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    TreeFormatException(String message) {
        super(message);
    }

    TreeFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
