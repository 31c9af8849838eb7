package dev.matrix.sla.spi;

import dev.matrix.core.InvalidRequestException;

/** HTTP statuses from one to another, both included. */
public record StatusRange(int from, int to) {

    public StatusRange {
        if (from < 100 || to > 599 || from > to) {
            throw new InvalidRequestException("expected is a range within 100 to 599, not " + from + " to " + to + ".");
        }
    }

    /** 200 to 299. */
    public static StatusRange success() {
        return new StatusRange(200, 299);
    }

    /** Whether a status is within. */
    public boolean contains(int status) {
        return from <= status && status <= to;
    }
}
