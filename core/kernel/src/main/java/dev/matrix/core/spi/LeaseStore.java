package dev.matrix.core.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Leases with fencing tokens, one row per key that is never deleted, so that tokens only ever rise. {@code now} is store
 * time. Each method is one guarded write or one read: of concurrent callers at most one holds a key at any instant of
 * store time, and a holder whose lease was taken over finds that out by {@link #renew} or {@link #holds}.
 */
public interface LeaseStore {

    /**
     * Takes {@code key} if it is free or its lease has ended at {@code now} ({@code until <= now}), raising the token by
     * one; empty if somebody holds it, this node included. Concurrent callers: one wins, the others get empty.
     */
    Optional<Lease> acquire(Tx tx, String key, String node, Instant now, Duration ttl);

    /** Moves the end to {@code now + ttl} if the token is still the newest and the lease hasn't ended; else false. */
    boolean renew(Tx tx, Lease lease, Instant now, Duration ttl);

    /**
     * Whether the token is still the newest and not released; locks the row to the transaction's end, so nobody can take
     * it over before this transaction commits. Call it in the transaction that writes.
     */
    boolean holds(Tx tx, Lease lease);

    /** Ends the lease at once if the token is still the newest; else changes nothing. */
    void release(Tx tx, Lease lease);
}
