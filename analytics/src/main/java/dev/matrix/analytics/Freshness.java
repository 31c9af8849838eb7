package dev.matrix.analytics;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far analytics has come in the event log.
 *
 * @param now store time
 * @param waiting events that are not counted yet
 * @param oldest since when the longest waiting one is due; null: none waits
 * @param failed events that were given up; see {@link dev.matrix.core.event.EventLog#failures}
 * @param rejected events that can't be counted, by reason
 */
public record Freshness(Instant now, long waiting, @Nullable Instant oldest, long failed, Map<String, Long> rejected) {

    public Freshness {
        rejected = Map.copyOf(rejected);
    }
}
