package dev.matrix.core;

/** The request collides with what is stored: a stale version, a taken key, an illegal transition. */
public final class ConflictException extends MatrixException {

    private static final long serialVersionUID = 1L;

    public ConflictException(String message) {
        super(message);
    }

    public ConflictException(String message, Throwable cause) {
        super(message, cause);
    }
}
