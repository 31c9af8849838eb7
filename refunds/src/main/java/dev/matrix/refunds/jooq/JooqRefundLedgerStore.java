package dev.matrix.refunds.jooq;

import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_REFUND_LEDGER;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.refunds.spi.RefundLedgerStore;
import java.util.List;

/** {@link RefundLedgerStore} in {@code matrix_refund_ledger}. */
final class JooqRefundLedgerStore implements RefundLedgerStore {

    @Override
    public void post(Tx tx, List<PostingRow> postings) {
        for (PostingRow row : postings) {
            JooqTx.of(tx)
                    .dsl()
                    .insertInto(MATRIX_REFUND_LEDGER)
                    .set(MATRIX_REFUND_LEDGER.SOURCE, row.source())
                    .set(MATRIX_REFUND_LEDGER.KIND, row.kind())
                    .set(MATRIX_REFUND_LEDGER.ACCOUNT, row.account())
                    .set(MATRIX_REFUND_LEDGER.CURRENCY, row.currency())
                    .set(MATRIX_REFUND_LEDGER.AMOUNT, row.amount())
                    .set(MATRIX_REFUND_LEDGER.PAYMENT_ID, row.paymentId())
                    .set(MATRIX_REFUND_LEDGER.REFUND_ID, row.refundId())
                    .set(MATRIX_REFUND_LEDGER.AT, row.at())
                    .execute();
        }
    }

    @Override
    public List<PostingRow> ofPayment(Tx tx, String paymentId) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_REFUND_LEDGER)
                .where(MATRIX_REFUND_LEDGER.PAYMENT_ID.eq(paymentId))
                .orderBy(
                        MATRIX_REFUND_LEDGER.SOURCE,
                        MATRIX_REFUND_LEDGER.KIND,
                        MATRIX_REFUND_LEDGER.ACCOUNT,
                        MATRIX_REFUND_LEDGER.CURRENCY)
                .fetch(row -> new PostingRow(
                        row.get(MATRIX_REFUND_LEDGER.SOURCE),
                        row.get(MATRIX_REFUND_LEDGER.KIND),
                        row.get(MATRIX_REFUND_LEDGER.ACCOUNT),
                        row.get(MATRIX_REFUND_LEDGER.CURRENCY),
                        row.get(MATRIX_REFUND_LEDGER.AMOUNT),
                        row.get(MATRIX_REFUND_LEDGER.PAYMENT_ID),
                        row.get(MATRIX_REFUND_LEDGER.REFUND_ID),
                        row.get(MATRIX_REFUND_LEDGER.AT)));
    }
}
