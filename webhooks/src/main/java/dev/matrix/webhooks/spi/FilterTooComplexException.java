package dev.matrix.webhooks.spi;

import dev.matrix.core.InvalidRequestException;

/** The filters of an owner would cost too much together; simpler ones, or fewer, are accepted. */
public final class FilterTooComplexException extends InvalidRequestException {

    private static final long serialVersionUID = 1L;

    public FilterTooComplexException(String message) {
        super(message);
    }
}
