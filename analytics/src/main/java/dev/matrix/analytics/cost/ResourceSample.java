package dev.matrix.analytics.cost;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How busy a machine was over a span of time.
 *
 * @param length one minute to one hour
 * @param loads at most one per metric
 */
public record ResourceSample(String resourceId, Owner owner, Instant from, Duration length, List<Load> loads) {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** @throws InvalidRequestException for another length, or two loads of one metric */
    public ResourceSample {
        loads = List.copyOf(loads);
        if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
            throw new InvalidRequestException("A sample is one minute to one hour long; " + length + " is not.");
        }
        if (loads.stream().map(Load::metric).distinct().count() < loads.size()) {
            throw new InvalidRequestException("A sample has at most one load per metric.");
        }
    }

    Instant to() {
        return from.plus(length);
    }
}
