package dev.matrix.tax;

import dev.matrix.core.InvalidRequestException;

/** The tax in a second currency rests on a rate that is too old to commit; calculate it again when there is a newer one. */
public final class StaleRateException extends InvalidRequestException {

    private static final long serialVersionUID = 1L;

    StaleRateException(String message) {
        super(message);
    }
}
