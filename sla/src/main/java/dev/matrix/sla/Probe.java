package dev.matrix.sla;

import dev.matrix.sla.spi.ProbeTarget;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A component that is watched.
 *
 * @param target without its headers
 * @param headerNames of the headers that are sent; their values are never shown
 * @param state as of the last result
 * @param lastResultAt null: none yet
 */
public record Probe(
        String id,
        ProbeTarget target,
        List<String> headerNames,
        ComponentState state,
        @Nullable Instant lastResultAt,
        Instant nextCheckAt) {

    public Probe {
        headerNames = List.copyOf(headerNames);
    }
}
