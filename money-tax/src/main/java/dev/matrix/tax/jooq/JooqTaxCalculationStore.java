package dev.matrix.tax.jooq;

import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_CALCULATION;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Purge;
import dev.matrix.tax.spi.TaxCalculationStore;
import java.time.Instant;
import java.util.Optional;
import org.jooq.Condition;

/** {@link TaxCalculationStore} in table {@code matrix_tax_calculation}. */
final class JooqTaxCalculationStore implements TaxCalculationStore {

    @Override
    public void insert(Tx tx, String id, String json, Instant expiresAt) {
        JooqTx.of(tx)
                .dsl()
                .insertInto(MATRIX_TAX_CALCULATION)
                .set(MATRIX_TAX_CALCULATION.ID, id)
                .set(MATRIX_TAX_CALCULATION.CALCULATION, json)
                .set(MATRIX_TAX_CALCULATION.EXPIRES_AT, expiresAt)
                .execute();
    }

    @Override
    public Optional<String> find(Tx tx, String id, Instant now) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_TAX_CALCULATION.CALCULATION)
                .from(MATRIX_TAX_CALCULATION)
                .where(MATRIX_TAX_CALCULATION.ID.eq(id))
                .and(MATRIX_TAX_CALCULATION.EXPIRES_AT.gt(now))
                .fetchOptional(MATRIX_TAX_CALCULATION.CALCULATION);
    }

    @Override
    public int purge(Tx tx, Instant now, int limit) {
        Condition over = MATRIX_TAX_CALCULATION.EXPIRES_AT.le(now);
        return Purge.oldest(JooqTx.of(tx), MATRIX_TAX_CALCULATION, over, MATRIX_TAX_CALCULATION.EXPIRES_AT, limit)
                .size();
    }
}
