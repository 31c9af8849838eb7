package dev.matrix.core;

import org.jspecify.annotations.Nullable;

/**
 * Root of what Matrix throws on purpose. The message says what happened, to which id, and what to do; it never holds a
 * secret. Expected business outcomes are sealed results, not exceptions.
 */
public abstract class MatrixException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    protected MatrixException(String message) {
        super(message);
    }

    protected MatrixException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
