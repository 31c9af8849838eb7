package dev.matrix.webhooks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recovery and how far it has come.
 *
 * @param id {@code whr_…}
 * @param state where it stands
 * @param requeued failed deliveries that it has made due again, so far
 * @param added deliveries that it has made for missed events, so far
 * @param finishedAt when it ended; null while it runs
 */
public record Recovery(
        String id,
        String endpointId,
        RecoveryRequest.Include include,
        Instant since,
        Instant until,
        State state,
        long requeued,
        long added,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    /** Life of a recovery. */
    public enum State {
        /** Under way. */
        RUNNING,
        /** Everything in its span was dealt with. */
        DONE,
        /** Stopped by a person, or because its endpoint was disabled or deleted; what it did stands. */
        STOPPED
    }

    /** This recovery with more done. */
    public Recovery counting(long moreRequeued, long moreAdded) {
        return new Recovery(
                id,
                endpointId,
                include,
                since,
                until,
                state,
                requeued + moreRequeued,
                added + moreAdded,
                createdAt,
                finishedAt);
    }

    /** This recovery at its end. */
    public Recovery ended(State end, Instant now) {
        return new Recovery(id, endpointId, include, since, until, end, requeued, added, createdAt, now);
    }
}
