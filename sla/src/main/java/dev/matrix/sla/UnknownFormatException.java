package dev.matrix.sla;

import dev.matrix.core.MatrixException;

/** Stored counts have a format that a newer version wrote. */
final class UnknownFormatException extends MatrixException {

    private static final long serialVersionUID = 1L;

    UnknownFormatException(String message) {
        super(message);
    }
}
