package dev.matrix.core.spi;

import dev.matrix.core.StorageException;

/** Another transaction keeps a key claimed for longer than the caller is willing to wait; ask again later. */
public final class ClaimTimeoutException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** @param cause what the database said */
    public ClaimTimeoutException(Throwable cause) {
        super("Another transaction with this idempotency key is still open; ask again later.", cause);
    }
}
