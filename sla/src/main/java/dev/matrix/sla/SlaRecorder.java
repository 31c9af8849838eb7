package dev.matrix.sla;

import java.time.Instant;

/**
 * Counts the requests of one subscription; resolve it once and keep it. Thread-safe and lock-free. It never throws and, in its
 * first form, reads no clock. Requests of a subscription without a current binding are counted apart ({@link SlaHealth}); once
 * there is a binding, a recorder that was kept counts for it within 10 s.
 */
public interface SlaRecorder {

    /**
     * Counts a request that has just ended.
     *
     * @param durationNanos how long it took; a negative one drops the request and is counted as such
     */
    void record(long durationNanos, Outcome outcome);

    /**
     * Counts a request that ended at an instant: up to 5 minutes ago it counts in its own minute, before that as a correction.
     * More than 60 s ahead of store time it is dropped and counted as such; less far ahead it counts as now.
     */
    void record(Instant at, long durationNanos, Outcome outcome);
}
