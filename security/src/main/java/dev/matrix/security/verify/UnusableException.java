package dev.matrix.security.verify;

/** Input that nothing can be said about. */
final class UnusableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableException(String message) {
        super(message);
    }
}
