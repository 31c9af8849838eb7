package dev.matrix.webhooks.jooq;

import static dev.matrix.webhooks.jooq.JooqEndpointLeaseStore.isFree;
import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_DELIVERY;
import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_LEASE;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.matrix.core.spi.Lease;
import dev.matrix.jooq.JooqTx;
import dev.matrix.webhooks.spi.EndpointLeaseStore.LeaseState;
import dev.matrix.webhooks.spi.EndpointLeaseStore.Taken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks first and locks row by row: H2 would lock every matching row of a select, those beyond its limit too. */
final class H2LeaseClaim implements LeaseClaim {

    @Override
    public List<Taken> claim(JooqTx tx, String[] endpointIds, String node, Instant now, int limit, Instant until) {
        String[] seen = tx.dsl()
                .select(MATRIX_WEBHOOK_LEASE.ENDPOINT_ID)
                .from(MATRIX_WEBHOOK_LEASE)
                .where(MATRIX_WEBHOOK_LEASE.ENDPOINT_ID.eq(any(endpointIds)))
                .and(isFree(now))
                .orderBy(MATRIX_WEBHOOK_LEASE.ENDPOINT_ID)
                .fetchArray(MATRIX_WEBHOOK_LEASE.ENDPOINT_ID);
        List<Taken> taken = new ArrayList<>();
        for (String id : seen) {
            Taken one = taken.size() < limit ? take(tx, id, node, now, until) : null;
            if (one != null) {
                taken.add(one);
            }
        }
        return taken;
    }

    private static @Nullable Taken take(JooqTx tx, String id, String node, Instant now, Instant until) {
        Taken taken = tx.dsl()
                .select(MATRIX_WEBHOOK_LEASE.TOKEN, MATRIX_WEBHOOK_LEASE.BREAKER)
                .from(MATRIX_WEBHOOK_LEASE)
                .where(MATRIX_WEBHOOK_LEASE.ENDPOINT_ID.eq(id))
                .and(isFree(now))
                .forUpdate()
                .skipLocked()
                .fetchOne(row -> new Taken(new Lease(id, node, row.value1() + 1, until), row.value2()));
        if (taken != null) {
            tx.dsl()
                    .update(MATRIX_WEBHOOK_LEASE)
                    .set(MATRIX_WEBHOOK_LEASE.NODE, node)
                    .set(MATRIX_WEBHOOK_LEASE.TOKEN, taken.lease().token())
                    .set(MATRIX_WEBHOOK_LEASE.LEASE_UNTIL, until)
                    .set(MATRIX_WEBHOOK_LEASE.WAKE_AT, until)
                    .setNull(MATRIX_WEBHOOK_LEASE.BLOCKED_UNTIL)
                    .where(MATRIX_WEBHOOK_LEASE.ENDPOINT_ID.eq(id))
                    .execute();
        }
        return taken;
    }

    @Override
    public List<String> lock(JooqTx tx, List<Lease> leases, Instant now) {
        return tx.dsl()
                .select(MATRIX_WEBHOOK_LEASE.ENDPOINT_ID)
                .from(MATRIX_WEBHOOK_LEASE)
                .where(condition(
                        "({0}, {1}) in (select * from unnest({2}, {3}))",
                        MATRIX_WEBHOOK_LEASE.ENDPOINT_ID,
                        MATRIX_WEBHOOK_LEASE.TOKEN,
                        val(leases.stream().map(Lease::key).toArray(String[]::new)),
                        val(leases.stream().map(Lease::token).toArray(Long[]::new))))
                .and(MATRIX_WEBHOOK_LEASE.LEASE_UNTIL.gt(now))
                .orderBy(MATRIX_WEBHOOK_LEASE.ENDPOINT_ID)
                .forUpdate()
                .fetch(MATRIX_WEBHOOK_LEASE.ENDPOINT_ID);
    }

    @Override
    public void release(JooqTx tx, List<LeaseState> states) {
        for (LeaseState state : states) {
            tx.dsl()
                    .update(MATRIX_WEBHOOK_LEASE)
                    .setNull(MATRIX_WEBHOOK_LEASE.LEASE_UNTIL)
                    .set(
                            MATRIX_WEBHOOK_LEASE.WAKE_AT,
                            field(select(min(MATRIX_WEBHOOK_DELIVERY.DUE_AT))
                                    .from(MATRIX_WEBHOOK_DELIVERY)
                                    .where(MATRIX_WEBHOOK_DELIVERY.ENDPOINT_ID.eq(MATRIX_WEBHOOK_LEASE.ENDPOINT_ID))))
                    .set(MATRIX_WEBHOOK_LEASE.BLOCKED_UNTIL, state.blockedUntil())
                    .set(MATRIX_WEBHOOK_LEASE.BREAKER, state.breaker())
                    .where(MATRIX_WEBHOOK_LEASE.ENDPOINT_ID.eq(state.lease().key()))
                    .and(MATRIX_WEBHOOK_LEASE.TOKEN.eq(state.lease().token()))
                    .and(MATRIX_WEBHOOK_LEASE.LEASE_UNTIL.isNotNull())
                    .execute();
        }
    }
}
