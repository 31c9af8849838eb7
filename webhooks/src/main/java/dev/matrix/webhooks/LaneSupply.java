package dev.matrix.webhooks;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a lane knows of the store: whether it may have more, and when it is to be read again. Not thread-safe. */
final class LaneSupply {

    /** How long what is handed over to a lane that has nothing else may take before the store is read beside it. */
    private static final Duration FIRST_READ = Duration.ofMillis(100);

    /** How long after a read no discovery leads to another. What another node commits is to be on its way within 150 ms. */
    private static final Duration REST = Duration.ofMillis(50);

    /** The read in progress; null: none. */
    private @Nullable LaneRead read;

    /** Whether the store may have due rows that aren't held, behind which news has to wait. */
    private boolean behind = true;

    /** Whether the store may have RETRYING rows, whose time comes without a word. */
    private boolean mayRetry = true;

    /** Whether the store has shown a QUEUED row while nothing was held; it may be on its way here by a handover. */
    private boolean suspected;

    /** Until when even that is no reason to read: the row may be one that can't be sent yet. */
    private Instant restsUntil = Instant.MIN;

    private Instant readAgainAt = Instant.MIN;

    @Nullable
    LaneRead read() {
        return read;
    }

    boolean isBehind() {
        return behind;
    }

    boolean mayRetry() {
        return mayRetry;
    }

    void suspect() {
        suspected = true;
    }

    /** Says that the store may have something. */
    void hint() {
        behind = true;
        readAgainAt = Instant.MIN;
        if (read != null) {
            read.hint();
        }
    }

    /** Has the store read again at once. */
    void readSoon() {
        readAgainAt = Instant.MIN;
    }

    /** Whether it is to be read. */
    boolean isDue(Instant now, boolean watching) {
        return (watching && !readAgainAt.isAfter(now)) || (suspected && !restsUntil.isAfter(now));
    }

    /** Notes that a delivery has been handed over. */
    void handedOver(Instant now, boolean watching) {
        if (!watching) {
            readAgainAt = now.plus(FIRST_READ);
        }
        suspected = false;
    }

    void begin(LaneRead begun) {
        read = begun;
        suspected = false;
    }

    /** Notes that a result has been stored. */
    void flushed(String id, boolean retrying) {
        mayRetry |= retrying;
        if (read != null) {
            read.flushed(id, retrying);
        }
    }

    /**
     * Ends a read that has shown something, and notes when to take the next: at once where there may be more, else after a
     * pause.
     *
     * @param left whether there was no room for all of it
     */
    void end(LaneRead done, Fetched shown, boolean left, Instant now, Duration pause) {
        read = null;
        behind = shown.full() || left || done.isHinted();
        mayRetry = shown.retrying() || done.isRetryLeft();
        readAgainAt = shown.isWorthAnother() || done.isHinted() ? Instant.MIN : now.plus(pause);
        restsUntil = now.plus(REST);
    }

    /** Ends a read that has shown nothing, if one is in progress. */
    boolean giveUp() {
        boolean reading = read != null;
        behind |= reading;
        read = null;
        return reading;
    }
}
