package dev.matrix.tax.jooq;

import static dev.matrix.money.jooq.generated.Tables.MATRIX_TAX_REVERSAL;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.tax.spi.TaxReversalStore;
import java.util.List;
import java.util.Optional;
import org.jooq.Record;

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

    private static ReversalRow row(Record row) {
        return new ReversalRow(
                row.get(MATRIX_TAX_REVERSAL.ID),
                row.get(MATRIX_TAX_REVERSAL.TRANSACTION_ID),
                row.get(MATRIX_TAX_REVERSAL.SELLER),
                row.get(MATRIX_TAX_REVERSAL.REFERENCE),
                row.get(MATRIX_TAX_REVERSAL.REVERSED_AT),
                row.get(MATRIX_TAX_REVERSAL.UNDONE_BY),
                row.get(MATRIX_TAX_REVERSAL.REVERSAL));
    }

    @Override
    public Optional<ReversalRow> find(Tx tx, String sellerId, String reference) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_TAX_REVERSAL)
                .where(MATRIX_TAX_REVERSAL.SELLER.eq(sellerId))
                .and(MATRIX_TAX_REVERSAL.REFERENCE.eq(reference))
                .fetchOptional(JooqTaxReversalStore::row);
    }

    @Override
    public List<ReversalRow> of(Tx tx, String transactionId) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_TAX_REVERSAL)
                .where(MATRIX_TAX_REVERSAL.TRANSACTION_ID.eq(transactionId))
                .orderBy(MATRIX_TAX_REVERSAL.ID)
                .fetch(JooqTaxReversalStore::row);
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
