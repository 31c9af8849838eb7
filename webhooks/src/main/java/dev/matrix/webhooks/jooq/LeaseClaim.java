package dev.matrix.webhooks.jooq;

import dev.matrix.core.spi.Lease;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqTx;
import dev.matrix.webhooks.spi.EndpointLeaseStore.LeaseState;
import dev.matrix.webhooks.spi.EndpointLeaseStore.Taken;
import java.time.Instant;
import java.util.List;

/** Takes free leases, locks those that are held, and gives them back. */
interface LeaseClaim {

    static LeaseClaim on(Database database) {
        return switch (database) {
            case POSTGRESQL -> new PostgresLeaseClaim();
            case H2 -> new H2LeaseClaim();
        };
    }

    /** Takes at most {@code limit} of these, in id order, until an instant, passing over what others have locked. */
    List<Taken> claim(JooqTx tx, String[] endpointIds, String node, Instant now, int limit, Instant until);

    /**
     * Locks those of these leases that still are; returns their endpoints. It waits for this node's own flush at most, as
     * nobody else locks a row that is leased.
     *
     * @param leases in id order: whatever locks several leases does so in it, so that two never wait for each other
     */
    List<String> lock(JooqTx tx, List<Lease> leases, Instant now);

    /** Ends those of these leases that still are, in id order as they are given, and leaves their state. */
    void release(JooqTx tx, List<LeaseState> states);
}
