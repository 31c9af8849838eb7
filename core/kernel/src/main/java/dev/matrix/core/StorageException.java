package dev.matrix.core;

/** The store failed; nothing of the transaction was kept, unless this is an {@link OutcomeUnknownException}. */
public class StorageException extends MatrixException {

    private static final long serialVersionUID = 1L;

    public StorageException(String message) {
        super(message);
    }

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
