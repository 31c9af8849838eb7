package dev.matrix.core;

/** No such thing, or none that this owner may see. */
public final class NotFoundException extends MatrixException {

    private static final long serialVersionUID = 1L;

    public NotFoundException(String message) {
        super(message);
    }

    public NotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
