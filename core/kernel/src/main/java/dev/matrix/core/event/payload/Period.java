package dev.matrix.core.event.payload;

import dev.matrix.core.InvalidRequestException;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A span of time, half-open: the end belongs to the next period.
 *
 * @param zone where its days and months are counted; null where that has no meaning
 */
public record Period(Instant start, Instant end, @Nullable ZoneId zone) {

    public Period {
        if (!start.isBefore(end)) {
            throw new InvalidRequestException("Period.start must lie before Period.end.");
        }
    }

    /** A period without a zone. */
    public static Period of(Instant start, Instant end) {
        return new Period(start, end, null);
    }

    /** Whether the instant lies within: from the start on, before the end. */
    public boolean contains(Instant at) {
        return !at.isBefore(start) && at.isBefore(end);
    }
}
