package dev.matrix.sla.jooq;

import static dev.matrix.sla.jooq.generated.Tables.MATRIX_SLA_EXCLUSION;
import static org.jooq.impl.DSL.noCondition;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.sla.jooq.generated.tables.MatrixSlaExclusion;
import dev.matrix.sla.spi.ExclusionStore;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;

/** {@link ExclusionStore} in table {@code matrix_sla_exclusion}. */
final class JooqExclusionStore implements ExclusionStore {

    private static final MatrixSlaExclusion TABLE = MATRIX_SLA_EXCLUSION;

    private static ExclusionRow row(Record row) {
        return new ExclusionRow(
                row.get(TABLE.ID), row.get(TABLE.FROM_AT), row.get(TABLE.CANCELLED), row.get(TABLE.EXCLUSION));
    }

    @Override
    public void insert(Tx tx, ExclusionRow row) {
        JooqTx.of(tx)
                .dsl()
                .insertInto(TABLE)
                .set(TABLE.ID, row.id())
                .set(TABLE.FROM_AT, row.from())
                .set(TABLE.CANCELLED, row.cancelled())
                .set(TABLE.EXCLUSION, row.json())
                .execute();
    }

    @Override
    public boolean cancel(Tx tx, String id) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(TABLE)
                        .set(TABLE.CANCELLED, true)
                        .where(TABLE.ID.eq(id))
                        .and(TABLE.CANCELLED.isFalse())
                        .execute()
                == 1;
    }

    @Override
    public Optional<ExclusionRow> find(Tx tx, String id) {
        return JooqTx.of(tx).dsl().selectFrom(TABLE).where(TABLE.ID.eq(id)).fetchOptional(JooqExclusionStore::row);
    }

    @Override
    public List<ExclusionRow> inForce(Tx tx) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(TABLE)
                .where(TABLE.CANCELLED.isFalse())
                .orderBy(TABLE.ID)
                .fetch(JooqExclusionStore::row);
    }

    @Override
    public Page<ExclusionRow> page(Tx tx, PageRequest page) {
        List<ExclusionRow> found = JooqTx.of(tx)
                .dsl()
                .selectFrom(TABLE)
                .where(page.cursor() == null ? noCondition() : TABLE.ID.gt(page.cursor()))
                .orderBy(TABLE.ID)
                .limit(page.limit() + 1)
                .fetch(JooqExclusionStore::row);
        return Page.of(found, page, ExclusionRow::id);
    }

    @Override
    public long version(Tx tx) {
        DSLContext dsl = JooqTx.of(tx).dsl();
        return (long) dsl.fetchCount(TABLE) + dsl.fetchCount(TABLE, TABLE.CANCELLED.isTrue());
    }
}
