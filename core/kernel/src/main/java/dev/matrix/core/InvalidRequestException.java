package dev.matrix.core;

/** The caller's input can't be used as it is; sending it again unchanged fails again. */
public class InvalidRequestException extends MatrixException {

    private static final long serialVersionUID = 1L;

    public InvalidRequestException(String message) {
        super(message);
    }

    public InvalidRequestException(String message, Throwable cause) {
        super(message, cause);
    }
}
