package dev.matrix.core;

/** The store failed; nothing of the transaction was kept. */
public class StorageException extends MatrixException {

    private static final long serialVersionUID = 1L;

    public StorageException(String message) {
        super(message);
    }

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
