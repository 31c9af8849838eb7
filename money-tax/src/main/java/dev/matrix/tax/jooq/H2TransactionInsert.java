package dev.matrix.tax.jooq;

import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_COMPONENT;
import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_RELIANCE;
import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_TRANSACTION;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.spi.ComponentRow;
import dev.matrix.tax.spi.TaxTransactionStore.Heading;
import dev.matrix.tax.spi.TaxTransactionStore.TransactionRow;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jooq.BatchBindStep;

/** A statement for the transaction, a batch for its components. */
final class H2TransactionInsert implements TransactionInsert {

    @Override
    public boolean insert(JooqTx tx, TransactionRow row, Heading heading, List<ComponentRow> components) {
        int added = tx.insertIfAbsent(insertInto(MATRIX_TAX_TRANSACTION)
                .set(MATRIX_TAX_TRANSACTION.ID, row.id())
                .set(MATRIX_TAX_TRANSACTION.SELLER, row.sellerId())
                .set(MATRIX_TAX_TRANSACTION.OWNER_TYPE, Owners.type(row.owner()))
                .set(MATRIX_TAX_TRANSACTION.OWNER_ID, row.owner().id())
                .set(MATRIX_TAX_TRANSACTION.REFERENCE, row.reference())
                .set(MATRIX_TAX_TRANSACTION.COMMITTED_AT, row.committedAt())
                .set(MATRIX_TAX_TRANSACTION.CALCULATION, row.json()));
        if (added == 0) {
            return false;
        }
        for (TaxId id : heading.reliedOn()) {
            tx.dsl()
                    .insertInto(MATRIX_TAX_RELIANCE)
                    .set(MATRIX_TAX_RELIANCE.PREFIX, id.prefix())
                    .set(MATRIX_TAX_RELIANCE.NUMBER, id.number())
                    .set(MATRIX_TAX_RELIANCE.TRANSACTION_ID, row.id())
                    .execute();
        }
        BatchBindStep insert = tx.dsl()
                .batch(tx.dsl()
                        .insertInto(
                                MATRIX_TAX_COMPONENT,
                                MATRIX_TAX_COMPONENT.TRANSACTION_ID,
                                MATRIX_TAX_COMPONENT.LINE_NO,
                                MATRIX_TAX_COMPONENT.NO,
                                MATRIX_TAX_COMPONENT.LINE_ID,
                                MATRIX_TAX_COMPONENT.SELLER,
                                MATRIX_TAX_COMPONENT.TAX_DATE,
                                MATRIX_TAX_COMPONENT.SIGN,
                                MATRIX_TAX_COMPONENT.CURRENCY,
                                MATRIX_TAX_COMPONENT.JURISDICTION,
                                MATRIX_TAX_COMPONENT.TAX_TYPE,
                                MATRIX_TAX_COMPONENT.RATE,
                                MATRIX_TAX_COMPONENT.REASON,
                                MATRIX_TAX_COMPONENT.CATEGORY,
                                MATRIX_TAX_COMPONENT.BASE,
                                MATRIX_TAX_COMPONENT.TAX,
                                MATRIX_TAX_COMPONENT.REVERSED_BASE,
                                MATRIX_TAX_COMPONENT.REVERSED_TAX)
                        .values(
                                "",
                                0,
                                0,
                                "",
                                "",
                                LocalDate.EPOCH,
                                (short) 0,
                                "",
                                "",
                                "",
                                null,
                                "",
                                "",
                                BigDecimal.ZERO,
                                BigDecimal.ZERO,
                                BigDecimal.ZERO,
                                BigDecimal.ZERO));
        for (ComponentRow each : components) {
            insert = insert.bind(
                    row.id(),
                    each.lineNo(),
                    each.no(),
                    each.lineId(),
                    heading.sellerId(),
                    heading.taxDate(),
                    (short) heading.sign(),
                    heading.currency(),
                    each.jurisdiction(),
                    each.type(),
                    each.rate(),
                    each.reason(),
                    each.category(),
                    each.base(),
                    each.tax(),
                    each.reversedBase(),
                    each.reversedTax());
        }
        insert.execute();
        return true;
    }
}
