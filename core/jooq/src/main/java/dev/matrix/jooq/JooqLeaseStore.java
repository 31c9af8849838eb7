package dev.matrix.jooq;

import static dev.matrix.jooq.generated.Tables.MATRIX_LEASE;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.value;

import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jooq.Condition;

/** {@link LeaseStore} in table {@code matrix_lease}; a released lease has no end. */
final class JooqLeaseStore implements LeaseStore {

    @Override
    public Optional<Lease> acquire(Tx tx, String key, String node, Instant now, Duration ttl) {
        JooqTx own = JooqTx.of(tx);
        Instant until = now.plus(ttl).truncatedTo(ChronoUnit.MICROS);
        Long token = own.dsl()
                .update(MATRIX_LEASE)
                .set(MATRIX_LEASE.NODE, node)
                .set(MATRIX_LEASE.TOKEN, MATRIX_LEASE.TOKEN.plus(1))
                .set(MATRIX_LEASE.ENDS_AT, until)
                .where(MATRIX_LEASE.LEASE_KEY.eq(key))
                .and(MATRIX_LEASE.ENDS_AT.isNull().or(MATRIX_LEASE.ENDS_AT.le(now)))
                .returningResult(MATRIX_LEASE.TOKEN)
                .fetchOne(MATRIX_LEASE.TOKEN);
        if (token != null) {
            return Optional.of(new Lease(key, node, token, until));
        }
        int inserted = own.insertIfAbsent(insertInto(MATRIX_LEASE)
                .set(MATRIX_LEASE.LEASE_KEY, key)
                .set(MATRIX_LEASE.NODE, node)
                .set(MATRIX_LEASE.TOKEN, 1L)
                .set(MATRIX_LEASE.ENDS_AT, until));
        return inserted == 1 ? Optional.of(new Lease(key, node, 1, until)) : Optional.empty();
    }

    @Override
    public boolean renew(Tx tx, Lease lease, Instant now, Duration ttl) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_LEASE)
                        .set(MATRIX_LEASE.ENDS_AT, now.plus(ttl))
                        .where(held(lease))
                        .and(MATRIX_LEASE.ENDS_AT.gt(now))
                        .execute()
                == 1;
    }

    @Override
    public boolean holds(Tx tx, Lease lease) {
        return JooqTx.of(tx)
                        .dsl()
                        .select(MATRIX_LEASE.TOKEN)
                        .from(MATRIX_LEASE)
                        .where(held(lease))
                        .forUpdate()
                        .fetchOne()
                != null;
    }

    @Override
    public void release(Tx tx, Lease lease) {
        JooqTx.of(tx)
                .dsl()
                .update(MATRIX_LEASE)
                .set(MATRIX_LEASE.ENDS_AT, value(null, MATRIX_LEASE.ENDS_AT))
                .where(held(lease))
                .execute();
    }

    private static Condition held(Lease lease) {
        return MATRIX_LEASE
                .LEASE_KEY
                .eq(lease.key())
                .and(MATRIX_LEASE.TOKEN.eq(lease.token()))
                .and(MATRIX_LEASE.ENDS_AT.isNotNull());
    }
}
