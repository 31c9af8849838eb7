package dev.matrix.refunds.spi;

import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What notifications and feeds name and is still to be looked up, each notification once. */
public interface NotificationStore {

    /** What is named. */
    enum Kind {
        REFUND,
        DISPUTE,
        NOTHING
    }

    /**
     * One thing that a notification names.
     *
     * @param eventId the provider's id of the notification
     * @param no from 0 within the notification
     * @param ownRef the reference that the refund carries
     * @param providerRef the provider's id of the refund or the dispute
     * @param nextAt when it is looked up; null: it was. While a lease runs, its end
     * @param rounds how often it was looked up in vain
     */
    record NotificationRow(
            String provider,
            String eventId,
            int no,
            Kind kind,
            @Nullable String ownRef,
            @Nullable String providerRef,
            @Nullable String captureRef,
            Instant receivedAt,
            @Nullable Instant nextAt,
            @Nullable Instant leaseUntil,
            long fence,
            int rounds) {}

    /**
     * How far a feed was read.
     *
     * @param since from when on the run under way lists refunds
     * @param begunAt when that run began
     * @param cursor where it goes on; null: it is over
     */
    record FeedState(
            Instant since, Instant begunAt, @Nullable String cursor) {}

    /** Adds the rows of one notification; false, and nothing changes, where it is known. */
    boolean insert(Tx tx, List<NotificationRow> rows);

    /** Claims the row of a provider that has been due longest; passes over what another transaction has locked. */
    Optional<NotificationRow> claimDue(Tx tx, String provider, Instant now, Duration lease);

    /** Ends a claim with a new time and number of rounds; false, and nothing changes, unless the fence is the row's. */
    boolean settle(Tx tx, NotificationRow row, @Nullable Instant nextAt, int rounds);

    /** Makes what names a capture, and was not yet looked up to the end, due now. */
    void hasten(Tx tx, String provider, String captureRef, Instant now);

    /** Deletes rows that came in before then, at most {@code limit}; returns how many. */
    int forget(Tx tx, Instant before, int limit);

    /** How far a provider's feed was read; empty: it never was. */
    Optional<FeedState> feed(Tx tx, String provider);

    /** Notes how far a provider's feed was read. */
    void setFeed(Tx tx, String provider, FeedState state);
}
