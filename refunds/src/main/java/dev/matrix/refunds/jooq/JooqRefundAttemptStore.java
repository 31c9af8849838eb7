package dev.matrix.refunds.jooq;

import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_REFUND_ATTEMPT;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.refunds.spi.RefundAttemptStore;
import java.time.Instant;
import java.util.List;

/** {@link RefundAttemptStore} in {@code matrix_refund_attempt}. */
final class JooqRefundAttemptStore implements RefundAttemptStore {

    @Override
    public void addAttempt(Tx tx, AttemptRow attempt) {
        JooqTx.of(tx)
                .dsl()
                .insertInto(MATRIX_REFUND_ATTEMPT)
                .set(MATRIX_REFUND_ATTEMPT.LEG_ID, attempt.legId())
                .set(MATRIX_REFUND_ATTEMPT.NO, attempt.no())
                .set(MATRIX_REFUND_ATTEMPT.IDEM_KEY, attempt.key())
                .set(MATRIX_REFUND_ATTEMPT.NODE, attempt.node())
                .set(MATRIX_REFUND_ATTEMPT.AT, attempt.at())
                .execute();
    }

    @Override
    public List<AttemptRow> attempts(Tx tx, String legId) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_REFUND_ATTEMPT)
                .where(MATRIX_REFUND_ATTEMPT.LEG_ID.eq(legId))
                .orderBy(MATRIX_REFUND_ATTEMPT.NO)
                .fetch(row -> new AttemptRow(
                        row.get(MATRIX_REFUND_ATTEMPT.LEG_ID),
                        row.get(MATRIX_REFUND_ATTEMPT.NO),
                        row.get(MATRIX_REFUND_ATTEMPT.IDEM_KEY),
                        row.get(MATRIX_REFUND_ATTEMPT.NODE),
                        row.get(MATRIX_REFUND_ATTEMPT.AT)));
    }

    @Override
    public int forgetAttempts(Tx tx, Instant before, int limit) {
        return JooqTx.of(tx)
                .dsl()
                .deleteFrom(MATRIX_REFUND_ATTEMPT)
                .where(row(MATRIX_REFUND_ATTEMPT.LEG_ID, MATRIX_REFUND_ATTEMPT.NO)
                        .in(select(MATRIX_REFUND_ATTEMPT.LEG_ID, MATRIX_REFUND_ATTEMPT.NO)
                                .from(MATRIX_REFUND_ATTEMPT)
                                .where(MATRIX_REFUND_ATTEMPT.AT.lt(before))
                                .limit(limit)))
                .execute();
    }
}
