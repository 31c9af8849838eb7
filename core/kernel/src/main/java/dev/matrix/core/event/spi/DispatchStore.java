package dev.matrix.core.event.spi;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventFailure;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.SubscriberStatus;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The queue of events for subscribers: one row a subscriber and event that is not done. PENDING → CLAIMED → deleted,
 * PENDING or FAILED; FAILED → PENDING or SKIPPED. {@code now} is store time. A claim raises the row's token; every write
 * of a claim's holder applies only while its token is the newest, so a holder whose lease ended can't undo a later one's
 * work.
 */
public interface DispatchStore {

    /**
     * One claimed row.
     *
     * @param token the fencing token of this claim
     * @param attempts how often it has been claimed, this time included
     */
    record Claim(String subscriber, String eventId, long token, int attempts) {

        /** This claim, itself not counted. */
        public Claim uncounted() {
            return new Claim(subscriber, eventId, token, attempts - 1);
        }
    }

    /**
     * Claims rows that are PENDING and due, or CLAIMED with an ended lease, oldest due first, passing over rows that
     * another transaction has locked: sets node, lease end, token + 1, attempts + 1. Two callers never get the same
     * row. A row that was claimed before is claimed alone; so is no other with it.
     */
    List<Claim> claim(Tx tx, String subscriber, String node, Instant now, int limit, Duration lease);

    /** Deletes the rows whose token is still the claim's; returns how many. Fewer than given: roll back. */
    int complete(Tx tx, List<Claim> claims);

    /**
     * Ends a claim after a failure: PENDING and due at {@code due}, or FAILED if that is null; false if it was lost. The row
     * keeps the claim's number of attempts.
     *
     * @param error text that can be stored ({@link dev.matrix.core.StorableText#mended})
     */
    boolean reschedule(Tx tx, Claim claim, Instant now, @Nullable Instant due, String error);

    /** Ends claims that were not begun: PENDING from {@code due} on, the attempt not counted; lost claims are passed over. */
    void handBack(Tx tx, List<Claim> claims, Instant due);

    /** FAILED → PENDING, due at once, with no attempts counted; false if the row isn't FAILED. */
    boolean requeue(Tx tx, String subscriber, String eventId, Instant now);

    /** FAILED → SKIPPED with a reason, which can be stored; false if the row isn't FAILED. */
    boolean skip(Tx tx, String subscriber, String eventId, String reason);

    /**
     * Adds due rows for events that lack one, walking the matching events in id order from a cursor. An event that another
     * transaction is purging is waited for, and gets none once it is gone.
     *
     * @param afterId start after this event id; null: at the first
     * @param again false: only events whose publisher did not address the subscriber, each at most once ever, whoever
     *     calls; true: all of them
     * @return how many were added, and the last event id looked at; null when the end was reached
     */
    Added addMissing(
            Tx tx,
            String subscriber,
            EventQuery query,
            boolean again,
            @Nullable String afterId,
            int limit,
            Instant now);

    /** What {@link #addMissing} did. */
    record Added(int count, @Nullable String lastId) {}

    /** Deletes at most {@code limit} rows of a subscriber, in whatever state; returns how many. */
    int drop(Tx tx, String subscriber, int limit);

    /** FAILED rows in event-id order. The cursor is the last event id. */
    Page<EventFailure> failures(Tx tx, String subscriber, PageRequest page);

    /** Counts the rows of each of these subscribers; in name order. */
    List<SubscriberStatus> status(Tx tx, Set<String> subscribers);
}
