package dev.matrix.core;

/**
 * The connection broke while a transaction was being committed: the database may have committed it or not. No action that
 * waited for the commit has run. Look for what the transaction would have written, or repeat it under an idempotency key
 * (that of an event, or {@link Matrix#idempotency()}), which writes nothing twice; without a key a repetition may.
 */
public final class OutcomeUnknownException extends StorageException {

    private static final long serialVersionUID = 1L;

    public OutcomeUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
