package dev.matrix.webhooks.spi;

import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.Recovery;
import dev.matrix.webhooks.spi.RecoveryRow.Cursor;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recoveries and what they walk. A piece of work and its progress are one transaction, which has the recovery's row locked:
 * that is why a row carries no token.
 */
public interface RecoveryStore {

    /**
     * What a step of the walk over failed deliveries did.
     *
     * @param count how many it made QUEUED
     * @param last the last one that it saw; null: none was left
     */
    record Requeued(int count, @Nullable Cursor last) {}

    /**
     * Adds a RUNNING recovery, unless its endpoint has one. Another transaction that has added one is waited for: if it rolls
     * back, this call adds its own.
     *
     * @return the id of the one that runs already; empty: this one was added
     */
    Optional<String> insert(Tx tx, RecoveryRow row);

    /** A recovery, whoever's. */
    Optional<RecoveryRow> find(Tx tx, String id);

    /**
     * The first RUNNING recovery in id order after {@code after} (null: from the first) that no other transaction has in
     * hand, locked until this one ends. Waits for nobody.
     */
    Optional<RecoveryRow> lockNext(Tx tx, @Nullable String after);

    /** Replaces the progress, state and counts of a recovery that this transaction has locked. */
    void save(Tx tx, RecoveryRow row);

    /** Makes a RUNNING recovery STOPPED, once the piece of work in progress has committed; false if it isn't RUNNING. */
    boolean stop(Tx tx, String id, Instant now);

    /**
     * Makes the next {@code limit} EXHAUSTED and CANCELLED deliveries of the recovery's endpoint and span QUEUED again, as
     * {@link DeliveryStore#requeue} does, with the trigger RECOVERY; in the order of creation time, then id, after its
     * cursor. Test deliveries are left out, and so is what has changed its state when its turn comes.
     */
    Requeued requeueFailed(Tx tx, Recovery recovery, @Nullable Cursor after, int limit);

    /** Deletes at most {@code limit} recoveries that ended before an instant; returns how many. */
    int purge(Tx tx, Instant before, int limit);

    /** Which of these events have a delivery to the endpoint. */
    Set<String> routed(Tx tx, String endpointId, Collection<String> eventIds);
}
