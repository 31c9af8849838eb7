package dev.matrix.core.spi;

import dev.matrix.core.MatrixException;
import org.jspecify.annotations.Nullable;

/** A key can't be had at the moment; may be retried. */
public final class KeyUnavailableException extends MatrixException {

    private static final long serialVersionUID = 1L;

    public KeyUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
