package dev.matrix.webhooks.spi;

import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which node sends to which endpoint: core's {@link Lease}, many at once, keyed by the endpoint's id. Tokens only rise.
 */
public interface EndpointLeaseStore {

    /**
     * What the next holder needs to know.
     *
     * @param blockedUntil no lease before this; null: none
     * @param breaker the breaker's state, opaque ASCII of at most 255 characters; empty while nothing fails
     */
    record LeaseState(Lease lease, @Nullable Instant blockedUntil, String breaker) {}

    /** A lease taken, with what its former holder left. */
    record Taken(Lease lease, String breaker) {}

    /**
     * Takes the leases of those endpoints whose former one has ended and that are not blocked, in id order, passing over
     * rows that another transaction has locked; at most 64; token + 1. Their wake time becomes the lease's end, so that a
     * dead node's endpoints come up by {@link #retriesDue}.
     */
    List<Taken> acquire(Tx tx, Collection<String> endpointIds, String node, Instant now, Duration lease);

    /** Moves the ends of leases whose token is still the newest and that have not ended; returns the endpoints held. */
    Set<String> renew(Tx tx, List<Lease> held, Instant now, Duration lease);

    /**
     * Ends leases and leaves their state, each if its token is still the newest. The wake time becomes the due time of the
     * endpoint's earliest RETRYING delivery; none without one.
     */
    void release(Tx tx, List<LeaseState> states);

    /** Ends the waiting that the last release left to these endpoints; a lease that is held stays. */
    void unblock(Tx tx, Collection<String> endpointIds);

    /** Endpoints whose wake time has come and that are neither leased nor blocked, earliest first. */
    List<String> retriesDue(Tx tx, Instant now, int limit);
}
