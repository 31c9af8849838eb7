package dev.matrix.webhooks.jooq;

import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_LEASE;
import static org.jooq.impl.DSL.any;

import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.webhooks.spi.EndpointLeaseStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.Condition;

/** {@link EndpointLeaseStore} in table {@code matrix_webhook_lease}; a released lease has no end. */
final class JooqEndpointLeaseStore implements EndpointLeaseStore {

    private static final int MOST_AT_ONCE = 64;

    private final LeaseClaim claim;

    JooqEndpointLeaseStore(LeaseClaim claim) {
        this.claim = claim;
    }

    @Override
    public List<Taken> acquire(Tx tx, Collection<String> endpointIds, String node, Instant now, Duration lease) {
        String[] ids = endpointIds.toArray(String[]::new);
        return claim.claim(JooqTx.of(tx), ids, node, now, MOST_AT_ONCE, end(now, lease));
    }

    private static Instant end(Instant now, Duration lease) {
        return now.plus(lease).truncatedTo(ChronoUnit.MICROS);
    }

    static Condition isFree(Instant now) {
        return MATRIX_WEBHOOK_LEASE
                .LEASE_UNTIL
                .isNull()
                .or(MATRIX_WEBHOOK_LEASE.LEASE_UNTIL.le(now))
                .and(MATRIX_WEBHOOK_LEASE.BLOCKED_UNTIL.isNull().or(MATRIX_WEBHOOK_LEASE.BLOCKED_UNTIL.le(now)));
    }

    @Override
    public Set<String> renew(Tx tx, List<Lease> held, Instant now, Duration lease) {
        List<Lease> inOrder =
                held.stream().sorted(Comparator.comparing(Lease::key)).toList();
        String[] current = claim.lock(JooqTx.of(tx), inOrder, now).toArray(String[]::new);
        Instant until = end(now, lease);
        JooqTx.of(tx)
                .dsl()
                .update(MATRIX_WEBHOOK_LEASE)
                .set(MATRIX_WEBHOOK_LEASE.LEASE_UNTIL, until)
                .set(MATRIX_WEBHOOK_LEASE.WAKE_AT, until)
                .where(MATRIX_WEBHOOK_LEASE.ENDPOINT_ID.eq(any(current)))
                // Planned for as many as there are: a plan for a few would compare each row with each of thousands.
                .poolable(false)
                .execute();
        return new HashSet<>(List.of(current));
    }

    @Override
    public void release(Tx tx, List<LeaseState> states) {
        List<LeaseState> inOrder = states.stream()
                .sorted(Comparator.comparing(state -> state.lease().key()))
                .toList();
        claim.release(JooqTx.of(tx), inOrder);
    }

    /** In id order, as all who lock several of these rows do. */
    @Override
    public void unblock(Tx tx, Collection<String> endpointIds) {
        for (String id : new TreeSet<>(endpointIds)) {
            JooqTx.of(tx)
                    .dsl()
                    .update(MATRIX_WEBHOOK_LEASE)
                    .setNull(MATRIX_WEBHOOK_LEASE.BLOCKED_UNTIL)
                    .where(MATRIX_WEBHOOK_LEASE.ENDPOINT_ID.eq(id))
                    .and(MATRIX_WEBHOOK_LEASE.BLOCKED_UNTIL.isNotNull())
                    .execute();
        }
    }

    @Override
    public List<String> retriesDue(Tx tx, Instant now, int limit) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_WEBHOOK_LEASE.ENDPOINT_ID)
                .from(MATRIX_WEBHOOK_LEASE)
                .where(MATRIX_WEBHOOK_LEASE.WAKE_AT.le(now))
                .and(isFree(now))
                .orderBy(MATRIX_WEBHOOK_LEASE.WAKE_AT)
                .limit(limit)
                .fetch(MATRIX_WEBHOOK_LEASE.ENDPOINT_ID);
    }
}
