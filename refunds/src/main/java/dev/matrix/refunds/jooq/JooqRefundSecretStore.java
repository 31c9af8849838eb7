package dev.matrix.refunds.jooq;

import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_REFUND_SECRET;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.refunds.spi.RefundSecretStore;
import java.time.Instant;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** {@link RefundSecretStore} in {@code matrix_refund_secret}. */
final class JooqRefundSecretStore implements RefundSecretStore {

    private static SecretRow stored(Record row) {
        return new SecretRow(
                Kind.valueOf(row.get(MATRIX_REFUND_SECRET.KIND)),
                row.get(MATRIX_REFUND_SECRET.RECORD_ID),
                row.get(MATRIX_REFUND_SECRET.PART),
                Owners.of(row.get(MATRIX_REFUND_SECRET.OWNER_TYPE), row.get(MATRIX_REFUND_SECRET.OWNER_ID)),
                row.get(MATRIX_REFUND_SECRET.SEALED),
                row.get(MATRIX_REFUND_SECRET.AT));
    }

    private static Condition is(Kind kind, String recordId) {
        return MATRIX_REFUND_SECRET.KIND.eq(kind.name()).and(MATRIX_REFUND_SECRET.RECORD_ID.eq(recordId));
    }

    @Override
    public void insert(Tx tx, List<SecretRow> rows) {
        for (SecretRow row : rows) {
            JooqTx.of(tx)
                    .dsl()
                    .insertInto(MATRIX_REFUND_SECRET)
                    .set(MATRIX_REFUND_SECRET.KIND, row.kind().name())
                    .set(MATRIX_REFUND_SECRET.RECORD_ID, row.recordId())
                    .set(MATRIX_REFUND_SECRET.PART, row.part())
                    .set(MATRIX_REFUND_SECRET.OWNER_TYPE, Owners.type(row.owner()))
                    .set(MATRIX_REFUND_SECRET.OWNER_ID, row.owner().id())
                    .set(MATRIX_REFUND_SECRET.SEALED, row.sealed())
                    .set(MATRIX_REFUND_SECRET.AT, row.at())
                    .execute();
        }
    }

    @Override
    public List<SecretRow> of(Tx tx, Kind kind, String recordId) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_REFUND_SECRET)
                .where(is(kind, recordId))
                .orderBy(MATRIX_REFUND_SECRET.PART)
                .fetch(JooqRefundSecretStore::stored);
    }

    @Override
    public void delete(Tx tx, Kind kind, String recordId) {
        JooqTx.of(tx)
                .dsl()
                .deleteFrom(MATRIX_REFUND_SECRET)
                .where(is(kind, recordId))
                .execute();
    }

    @Override
    public int erase(Tx tx, Owner owner) {
        return JooqTx.of(tx)
                .dsl()
                .deleteFrom(MATRIX_REFUND_SECRET)
                .where(Owners.are(MATRIX_REFUND_SECRET.OWNER_TYPE, MATRIX_REFUND_SECRET.OWNER_ID, owner))
                .execute();
    }

    @Override
    public List<SecretRow> after(Tx tx, Kind kind, @Nullable SecretRow last, int limit) {
        Condition further = last == null
                ? noCondition()
                : row(MATRIX_REFUND_SECRET.RECORD_ID, MATRIX_REFUND_SECRET.PART).gt(last.recordId(), last.part());
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_REFUND_SECRET)
                .where(MATRIX_REFUND_SECRET.KIND.eq(kind.name()))
                .and(further)
                .orderBy(MATRIX_REFUND_SECRET.RECORD_ID, MATRIX_REFUND_SECRET.PART)
                .limit(limit)
                .fetch(JooqRefundSecretStore::stored);
    }

    @Override
    public boolean replaceIfSame(Tx tx, SecretRow row, byte[] sealed) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_REFUND_SECRET)
                        .set(MATRIX_REFUND_SECRET.SEALED, sealed)
                        .where(is(row.kind(), row.recordId()))
                        .and(MATRIX_REFUND_SECRET.PART.eq(row.part()))
                        .and(MATRIX_REFUND_SECRET.SEALED.eq(row.sealed()))
                        .execute()
                == 1;
    }

    @Override
    public int forget(Tx tx, Kind kind, Instant before, int limit) {
        return JooqTx.of(tx)
                .dsl()
                .deleteFrom(MATRIX_REFUND_SECRET)
                .where(row(MATRIX_REFUND_SECRET.KIND, MATRIX_REFUND_SECRET.RECORD_ID, MATRIX_REFUND_SECRET.PART)
                        .in(select(MATRIX_REFUND_SECRET.KIND, MATRIX_REFUND_SECRET.RECORD_ID, MATRIX_REFUND_SECRET.PART)
                                .from(MATRIX_REFUND_SECRET)
                                .where(MATRIX_REFUND_SECRET.KIND.eq(kind.name()))
                                .and(MATRIX_REFUND_SECRET.AT.lt(before))
                                .limit(limit)))
                .execute();
    }
}
