package dev.matrix.analytics.cost.jooq;

import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_COST_BASELINE;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_COST_LEDGER;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.analytics.cost.spi.SavingsLedgerStore;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/** {@link SavingsLedgerStore} in {@code matrix_cost_baseline} and {@code matrix_cost_ledger}. */
final class JooqSavingsLedgerStore implements SavingsLedgerStore {

    private static Condition baselinesOf(Owner owner) {
        return Owners.are(MATRIX_COST_BASELINE.OWNER_TYPE, MATRIX_COST_BASELINE.OWNER_ID, owner);
    }

    private static BaselineRow baseline(Owner owner, Record row) {
        return new BaselineRow(
                row.get(MATRIX_COST_BASELINE.RECOMMENDATION_ID),
                owner,
                row.get(MATRIX_COST_BASELINE.APPLIED_AT),
                row.get(MATRIX_COST_BASELINE.DOCUMENT));
    }

    @Override
    public boolean insertBaseline(Tx tx, BaselineRow row) {
        return JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_COST_BASELINE)
                                .set(MATRIX_COST_BASELINE.RECOMMENDATION_ID, row.recommendationId())
                                .set(MATRIX_COST_BASELINE.OWNER_TYPE, Owners.type(row.owner()))
                                .set(MATRIX_COST_BASELINE.OWNER_ID, row.owner().id())
                                .set(MATRIX_COST_BASELINE.APPLIED_AT, row.appliedAt())
                                .set(MATRIX_COST_BASELINE.DOCUMENT, row.document()))
                == 1;
    }

    @Override
    public Optional<BaselineRow> baseline(Tx tx, Owner owner, String recommendationId) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_COST_BASELINE)
                .where(MATRIX_COST_BASELINE.RECOMMENDATION_ID.eq(recommendationId))
                .and(baselinesOf(owner))
                .fetchOptional(row -> baseline(owner, row));
    }

    @Override
    public List<BaselineRow> baselines(Tx tx, Owner owner) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_COST_BASELINE)
                .where(baselinesOf(owner))
                .orderBy(MATRIX_COST_BASELINE.RECOMMENDATION_ID)
                .fetch(row -> baseline(owner, row));
    }

    @Override
    public boolean append(Tx tx, LedgerRow row) {
        return JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_COST_LEDGER)
                                .set(MATRIX_COST_LEDGER.RECOMMENDATION_ID, row.recommendationId())
                                .set(MATRIX_COST_LEDGER.PERIOD_START, row.periodStart())
                                .set(MATRIX_COST_LEDGER.REVISION, row.revision())
                                .set(MATRIX_COST_LEDGER.OWNER_TYPE, Owners.type(row.owner()))
                                .set(MATRIX_COST_LEDGER.OWNER_ID, row.owner().id())
                                .set(MATRIX_COST_LEDGER.DOCUMENT, row.document()))
                == 1;
    }

    @Override
    public List<LedgerRow> entries(Tx tx, Owner owner, String recommendationId) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_COST_LEDGER)
                .where(MATRIX_COST_LEDGER.RECOMMENDATION_ID.eq(recommendationId))
                .and(Owners.are(MATRIX_COST_LEDGER.OWNER_TYPE, MATRIX_COST_LEDGER.OWNER_ID, owner))
                .orderBy(MATRIX_COST_LEDGER.PERIOD_START, MATRIX_COST_LEDGER.REVISION)
                .fetch(row -> new LedgerRow(
                        recommendationId,
                        owner,
                        row.get(MATRIX_COST_LEDGER.PERIOD_START),
                        row.get(MATRIX_COST_LEDGER.REVISION),
                        row.get(MATRIX_COST_LEDGER.DOCUMENT)));
    }

    @Override
    public int erase(Tx tx, Owner owner) {
        DSLContext dsl = JooqTx.of(tx).dsl();
        return dsl.deleteFrom(MATRIX_COST_BASELINE).where(baselinesOf(owner)).execute()
                + dsl.deleteFrom(MATRIX_COST_LEDGER)
                        .where(Owners.are(MATRIX_COST_LEDGER.OWNER_TYPE, MATRIX_COST_LEDGER.OWNER_ID, owner))
                        .execute();
    }
}
