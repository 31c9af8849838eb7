package dev.matrix.jooq;

import static dev.matrix.jooq.generated.Tables.MATRIX_IDEMPOTENCY;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.value;

import dev.matrix.core.StorageException;
import dev.matrix.core.spi.ClaimTimeoutException;
import dev.matrix.core.spi.IdempotencyStore;
import dev.matrix.core.spi.Tx;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Query;
import org.jooq.Record6;
import org.jspecify.annotations.Nullable;

/** {@link IdempotencyStore} in table {@code matrix_idempotency}; its primary key lets one claim win. */
final class JooqIdempotencyStore implements IdempotencyStore {

    /** PostgreSQL's for a statement out of time and for a lock out of time, H2's for the latter. */
    private static final Set<String> TIMEOUTS = Set.of("57014", "55P03", "HYT00");

    @Override
    public Claim claim(Tx tx, IdempotencyRow row, Instant now, Duration patience) {
        JooqTx own = JooqTx.of(tx);
        while (true) {
            if (insertIfAbsent(own, row, patience) == 1) {
                return new Claim.Inserted();
            }
            IdempotencyRow present = find(own, row);
            if (present != null && present.expiresAt().isAfter(now)) {
                return new Claim.Present(present);
            }
            // Expired rows are rare, as they are purged by the hour; a row that is gone was purged just now.
            if (present != null && replaceExpired(own, row, now) == 1) {
                return new Claim.Inserted();
            }
        }
    }

    private static int insertIfAbsent(JooqTx tx, IdempotencyRow row, Duration patience) {
        Query insert = tx.dsl()
                .query(
                        "{0} on conflict do nothing",
                        insertInto(MATRIX_IDEMPOTENCY)
                                .set(MATRIX_IDEMPOTENCY.OWNER_TYPE, Owners.type(row.account()))
                                .set(MATRIX_IDEMPOTENCY.OWNER_ID, row.account().id())
                                .set(MATRIX_IDEMPOTENCY.OPERATION, row.operation())
                                .set(MATRIX_IDEMPOTENCY.IDEM_KEY, row.key())
                                .set(MATRIX_IDEMPOTENCY.FINGERPRINT, row.fingerprint())
                                .set(MATRIX_IDEMPOTENCY.EXPIRES_AT, row.expiresAt()));
        // H2 would keep the bound for every later statement of the connection; its locks have a timeout anyway.
        if (tx.database() == Database.POSTGRESQL) {
            insert.queryTimeout((int) Math.max(1, patience.toSeconds()));
        }
        try {
            return insert.execute();
        } catch (StorageException e) {
            if (e.getCause() instanceof SQLException said && TIMEOUTS.contains(said.getSQLState())) {
                throw new ClaimTimeoutException(said);
            }
            throw e;
        }
    }

    private static @Nullable IdempotencyRow find(JooqTx tx, IdempotencyRow row) {
        return tx.dsl()
                .select(
                        MATRIX_IDEMPOTENCY.FINGERPRINT,
                        MATRIX_IDEMPOTENCY.EXPIRES_AT,
                        MATRIX_IDEMPOTENCY.STATUS,
                        MATRIX_IDEMPOTENCY.VERSION,
                        MATRIX_IDEMPOTENCY.HEADERS,
                        MATRIX_IDEMPOTENCY.SEALED_BODY)
                .from(MATRIX_IDEMPOTENCY)
                .where(is(row))
                .fetchOne(found -> new IdempotencyRow(
                        row.account(), row.operation(), row.key(), found.value1(), found.value2(), reply(found)));
    }

    private static @Nullable Reply reply(Record6<byte[], Instant, Short, String, String, byte[]> row) {
        return row.value3() == null ? null : new Reply(row.value3(), row.value4(), row.value5(), row.value6());
    }

    private static int replaceExpired(JooqTx tx, IdempotencyRow row, Instant now) {
        return tx.dsl()
                .update(MATRIX_IDEMPOTENCY)
                .set(MATRIX_IDEMPOTENCY.FINGERPRINT, row.fingerprint())
                .set(MATRIX_IDEMPOTENCY.EXPIRES_AT, row.expiresAt())
                .set(MATRIX_IDEMPOTENCY.STATUS, value(null, MATRIX_IDEMPOTENCY.STATUS))
                .where(is(row))
                .and(MATRIX_IDEMPOTENCY.EXPIRES_AT.le(now))
                .execute();
    }

    @Override
    public void complete(Tx tx, IdempotencyRow row) {
        Reply reply = row.reply();
        int written = reply == null
                ? 0
                : JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_IDEMPOTENCY)
                        .set(MATRIX_IDEMPOTENCY.STATUS, (short) reply.status())
                        .set(MATRIX_IDEMPOTENCY.VERSION, reply.version())
                        .set(MATRIX_IDEMPOTENCY.HEADERS, reply.headers())
                        .set(MATRIX_IDEMPOTENCY.SEALED_BODY, reply.sealedBody())
                        .where(is(row))
                        .execute();
        if (written != 1) {
            throw new IllegalStateException("Complete what this transaction has claimed, with its reply.");
        }
    }

    private static Condition is(IdempotencyRow row) {
        return Owners.are(MATRIX_IDEMPOTENCY.OWNER_TYPE, MATRIX_IDEMPOTENCY.OWNER_ID, row.account())
                .and(MATRIX_IDEMPOTENCY.OPERATION.eq(row.operation()))
                .and(MATRIX_IDEMPOTENCY.IDEM_KEY.eq(row.key()));
    }

    @Override
    public int purge(Tx tx, Instant before, int limit) {
        Condition expired = MATRIX_IDEMPOTENCY.EXPIRES_AT.le(before);
        return Purge.oldest(JooqTx.of(tx), MATRIX_IDEMPOTENCY, expired, MATRIX_IDEMPOTENCY.EXPIRES_AT, limit)
                .size();
    }
}
