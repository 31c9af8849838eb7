package dev.matrix.tax.jooq;

import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_REVERSAL;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.tax.spi.TaxReversalStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record7;
import org.jooq.ResultQuery;

/** {@link TaxReversalStore} in table {@code matrix_tax_reversal}. */
final class JooqTaxReversalStore implements TaxReversalStore {

    @Override
    public boolean insert(Tx tx, ReversalRow row) {
        return JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_TAX_REVERSAL)
                                .set(MATRIX_TAX_REVERSAL.ID, row.id())
                                .set(MATRIX_TAX_REVERSAL.TRANSACTION_ID, row.transactionId())
                                .set(MATRIX_TAX_REVERSAL.SELLER, row.sellerId())
                                .set(MATRIX_TAX_REVERSAL.REFERENCE, row.reference())
                                .set(MATRIX_TAX_REVERSAL.REVERSED_AT, row.reversedAt())
                                .set(MATRIX_TAX_REVERSAL.UNDONE_BY, row.undoneBy())
                                .set(MATRIX_TAX_REVERSAL.REVERSAL, row.json()))
                == 1;
    }

    private static ResultQuery<Record7<String, String, String, String, Instant, String, String>> rows(
            Tx tx, Condition wanted) {
        return JooqTx.of(tx)
                .dsl()
                .select(
                        MATRIX_TAX_REVERSAL.ID,
                        MATRIX_TAX_REVERSAL.TRANSACTION_ID,
                        MATRIX_TAX_REVERSAL.SELLER,
                        MATRIX_TAX_REVERSAL.REFERENCE,
                        MATRIX_TAX_REVERSAL.REVERSED_AT,
                        MATRIX_TAX_REVERSAL.UNDONE_BY,
                        MATRIX_TAX_REVERSAL.REVERSAL)
                .from(MATRIX_TAX_REVERSAL)
                .where(wanted)
                .orderBy(MATRIX_TAX_REVERSAL.ID);
    }

    @Override
    public Optional<ReversalRow> find(Tx tx, String sellerId, String reference) {
        return rows(tx, MATRIX_TAX_REVERSAL.SELLER.eq(sellerId).and(MATRIX_TAX_REVERSAL.REFERENCE.eq(reference)))
                .fetchOptional(mapping(ReversalRow::new));
    }

    @Override
    public List<ReversalRow> of(Tx tx, String transactionId) {
        return rows(tx, MATRIX_TAX_REVERSAL.TRANSACTION_ID.eq(transactionId)).fetch(mapping(ReversalRow::new));
    }

    @Override
    public boolean undo(Tx tx, String id, String undoneBy) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_TAX_REVERSAL)
                        .set(MATRIX_TAX_REVERSAL.UNDONE_BY, undoneBy)
                        .where(MATRIX_TAX_REVERSAL.ID.eq(id))
                        .and(MATRIX_TAX_REVERSAL.UNDONE_BY.isNull())
                        .execute()
                == 1;
    }
}
