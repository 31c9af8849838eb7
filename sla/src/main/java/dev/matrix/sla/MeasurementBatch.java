package dev.matrix.sla;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measurements from elsewhere, or late. The same batch id of the same source counts once.
 *
 * @param source who measured
 * @param batchId unique within the source, remembered for 70 days
 * @param requests single requests
 * @param minutes counts of whole minutes; with the requests at most 1,000 entries
 */
public record MeasurementBatch(String source, String batchId, List<Request> requests, List<Minute> minutes) {

    private static final int MOST_ENTRIES = 1_000;

    public MeasurementBatch {
        Requirements.name(source, "source");
        Requirements.name(batchId, "batchId");
        requests = List.copyOf(requests);
        minutes = List.copyOf(minutes);
        Requirements.range(requests.size() + minutes.size(), 1, MOST_ENTRIES, "requests and minutes together");
    }

    /** One request that ended at an instant. */
    public record Request(String subscriptionId, Instant at, long durationMs, Outcome outcome) {}

    /**
     * A minute's counts; what is null the source doesn't know, and then nobody does for that minute.
     *
     * @param minute its first instant
     * @param total valid requests
     * @param bad of them, rejected ones included
     * @param slow good ones over the latency threshold
     * @param rejected of the bad ones
     */
    public record Minute(
            String subscriptionId,
            Instant minute,
            long total,
            @Nullable Long bad,
            @Nullable Long slow,
            @Nullable Long rejected) {}
}
