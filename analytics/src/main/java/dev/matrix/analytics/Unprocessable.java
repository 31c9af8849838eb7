package dev.matrix.analytics;

import dev.matrix.core.InvalidRequestException;

/** A report that is well asked for, but can't be given: a rate is missing, or it would have too many numbers. */
final class Unprocessable extends InvalidRequestException {

    private static final long serialVersionUID = 1L;

    Unprocessable(String message) {
        super(message);
    }
}
