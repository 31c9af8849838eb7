package dev.matrix.core.spi;

import dev.matrix.core.MatrixException;
import org.jspecify.annotations.Nullable;

/** A sealed value was altered, or belongs to another purpose, owner or record; it will never open. */
public final class SealBrokenException extends MatrixException {

    private static final long serialVersionUID = 1L;

    public SealBrokenException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
