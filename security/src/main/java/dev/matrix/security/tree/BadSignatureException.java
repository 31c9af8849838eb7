package dev.matrix.security.tree;

/** A note that isn't signed as it should be. */
public final class BadSignatureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadSignatureException(String message) {
        super(message);
    }
}
