package dev.matrix.webhooks.jooq;

import static org.jooq.impl.DSL.val;

import dev.matrix.core.spi.Lease;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.PostgresBatch;
import dev.matrix.webhooks.spi.EndpointLeaseStore.LeaseState;
import dev.matrix.webhooks.spi.EndpointLeaseStore.Taken;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** One statement each. */
final class PostgresLeaseClaim implements LeaseClaim {

    private static final String CLAIM = """
            with free as (
              select endpoint_id from matrix_webhook_lease
              where endpoint_id = any ({0})
                and (lease_until is null or lease_until <= {1}) and (blocked_until is null or blocked_until <= {1})
              order by endpoint_id limit {2}
              for update skip locked)
            update matrix_webhook_lease l
            set node = {3}, token = l.token + 1, lease_until = {4}, wake_at = {4}, blocked_until = null
            from free where l.endpoint_id = free.endpoint_id
            returning l.endpoint_id, l.token, l.breaker
            """;

    /**
     * One probe a lease. A join would be planned by what PostgreSQL has counted of {@code lease_until}, which moves on all the
     * time: it expects none that lasts, and compares each with each.
     */
    private static final String LOCK = """
            select locked.endpoint_id from unnest(?, ?) as held (endpoint_id, token)
            cross join lateral (
              select endpoint_id from matrix_webhook_lease l
              where l.endpoint_id = held.endpoint_id and l.token = held.token
                and l.lease_until > timestamptz 'epoch' + ? * interval '1 microsecond'
              limit 1 for update) locked
            """;

    /**
     * Locked by one probe a lease, too. The earliest retry is asked for as a first row in the index's order, so that a plan made
     * while there were few deliveries doesn't read all of an endpoint's ever after.
     */
    private static final String RELEASE = """
            with held as materialized (
              select given.endpoint_id, given.blocked_until, given.breaker
              from unnest(?, ?, ?, ?) as given (endpoint_id, token, blocked_until, breaker)
              cross join lateral (
                select endpoint_id from matrix_webhook_lease l
                where l.endpoint_id = given.endpoint_id and l.token = given.token and l.lease_until is not null
                limit 1 for update) locked)
            update matrix_webhook_lease l
            set lease_until = null, breaker = held.breaker,
              blocked_until = timestamptz 'epoch' + held.blocked_until * interval '1 microsecond',
              wake_at = (
                select d.due_at from matrix_webhook_delivery d
                where d.endpoint_id = l.endpoint_id and d.due_at is not null
                order by d.due_at limit 1)
            from held where l.endpoint_id = held.endpoint_id
            returning l.endpoint_id
            """;

    @Override
    public List<Taken> claim(JooqTx tx, String[] endpointIds, String node, Instant now, int limit, Instant until) {
        return tx
                .dsl()
                .resultQuery(CLAIM, val(endpointIds), val(now), val(limit), val(node), val(until))
                .poolable(false)
                .fetch(row -> new Taken(
                        new Lease(row.get(0, String.class), node, row.get(1, long.class), until),
                        row.get(2, String.class)))
                .stream()
                .sorted(Comparator.comparing(taken -> taken.lease().key()))
                .toList();
    }

    @Override
    public List<String> lock(JooqTx tx, List<Lease> leases, Instant now) {
        PostgresBatch.Parameters parameters = batch ->
                batch.texts(leases, Lease::key).longs(leases, Lease::token).instant(now);
        return PostgresBatch.fetch(tx, LOCK, parameters, row -> row.getString(1));
    }

    @Override
    public void release(JooqTx tx, List<LeaseState> states) {
        PostgresBatch.Parameters parameters =
                batch -> batch.texts(states, state -> state.lease().key())
                        .longs(states, state -> state.lease().token())
                        .instants(states, LeaseState::blockedUntil)
                        .texts(states, LeaseState::breaker);
        PostgresBatch.fetch(tx, RELEASE, parameters, row -> row.getString(1));
    }
}
