package dev.matrix.tax.jooq;

import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_EXEMPTION;
import static org.jooq.impl.DSL.noCondition;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.tax.spi.TaxExemptionStore;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** {@link TaxExemptionStore} in table {@code matrix_tax_exemption}. */
final class JooqTaxExemptionStore implements TaxExemptionStore {

    private static ExemptionRow row(Record row) {
        return new ExemptionRow(
                row.get(MATRIX_TAX_EXEMPTION.ID),
                Owners.of(row.get(MATRIX_TAX_EXEMPTION.OWNER_TYPE), row.get(MATRIX_TAX_EXEMPTION.OWNER_ID)),
                row.get(MATRIX_TAX_EXEMPTION.VERSION),
                row.get(MATRIX_TAX_EXEMPTION.VALID_TO),
                row.get(MATRIX_TAX_EXEMPTION.EXEMPTION));
    }

    private static Condition isOf(Owner holder) {
        return Owners.are(MATRIX_TAX_EXEMPTION.OWNER_TYPE, MATRIX_TAX_EXEMPTION.OWNER_ID, holder);
    }

    @Override
    public void insert(Tx tx, ExemptionRow row) {
        JooqTx.of(tx)
                .dsl()
                .insertInto(MATRIX_TAX_EXEMPTION)
                .set(MATRIX_TAX_EXEMPTION.ID, row.id())
                .set(MATRIX_TAX_EXEMPTION.OWNER_TYPE, Owners.type(row.holder()))
                .set(MATRIX_TAX_EXEMPTION.OWNER_ID, row.holder().id())
                .set(MATRIX_TAX_EXEMPTION.VERSION, row.version())
                .set(MATRIX_TAX_EXEMPTION.VALID_TO, row.lastDay())
                .set(MATRIX_TAX_EXEMPTION.EXEMPTION, row.json())
                .execute();
    }

    @Override
    public boolean replaceIfVersion(Tx tx, ExemptionRow row) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_TAX_EXEMPTION)
                        .set(MATRIX_TAX_EXEMPTION.VERSION, row.version())
                        .set(MATRIX_TAX_EXEMPTION.VALID_TO, row.lastDay())
                        .set(MATRIX_TAX_EXEMPTION.EXEMPTION, row.json())
                        .where(MATRIX_TAX_EXEMPTION.ID.eq(row.id()))
                        .and(MATRIX_TAX_EXEMPTION.VERSION.eq(row.version() - 1))
                        .execute()
                == 1;
    }

    @Override
    public Optional<ExemptionRow> find(Tx tx, String id) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_TAX_EXEMPTION)
                .where(MATRIX_TAX_EXEMPTION.ID.eq(id))
                .fetchOptional(JooqTaxExemptionStore::row);
    }

    @Override
    public void delete(Tx tx, String id) {
        JooqTx.of(tx)
                .dsl()
                .deleteFrom(MATRIX_TAX_EXEMPTION)
                .where(MATRIX_TAX_EXEMPTION.ID.eq(id))
                .execute();
    }

    @Override
    public List<ExemptionRow> of(Tx tx, Owner holder) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_TAX_EXEMPTION)
                .where(isOf(holder))
                .orderBy(MATRIX_TAX_EXEMPTION.ID)
                .fetch(JooqTaxExemptionStore::row);
    }

    @Override
    public Page<ExemptionRow> page(
            Tx tx, @Nullable Owner holder, @Nullable LocalDate expiringBefore, PageRequest page) {
        List<ExemptionRow> found = JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_TAX_EXEMPTION)
                .where(holder == null ? noCondition() : isOf(holder))
                .and(expiringBefore == null ? noCondition() : MATRIX_TAX_EXEMPTION.VALID_TO.lt(expiringBefore))
                .and(page.cursor() == null ? noCondition() : MATRIX_TAX_EXEMPTION.ID.gt(page.cursor()))
                .orderBy(MATRIX_TAX_EXEMPTION.ID)
                .limit(page.limit() + 1)
                .fetch(JooqTaxExemptionStore::row);
        return Page.of(found, page, ExemptionRow::id);
    }
}
