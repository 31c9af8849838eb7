package dev.matrix.webhooks.jooq;

import static org.jooq.impl.DSL.val;

import dev.matrix.core.spi.Lease;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.PostgresBatch;
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
}
