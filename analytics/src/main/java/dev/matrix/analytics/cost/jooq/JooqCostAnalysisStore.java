package dev.matrix.analytics.cost.jooq;

import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_COST_ANALYSIS;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_COST_RECOMMENDATION;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;

import dev.matrix.analytics.cost.spi.CostAnalysisStore;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/** {@link CostAnalysisStore} in {@code matrix_cost_analysis} and {@code matrix_cost_recommendation}. */
final class JooqCostAnalysisStore implements CostAnalysisStore {

    private static Condition analysesOf(Owner owner) {
        return Owners.are(MATRIX_COST_ANALYSIS.OWNER_TYPE, MATRIX_COST_ANALYSIS.OWNER_ID, owner);
    }

    private static Condition recommendationsOf(Owner owner) {
        return Owners.are(MATRIX_COST_RECOMMENDATION.OWNER_TYPE, MATRIX_COST_RECOMMENDATION.OWNER_ID, owner);
    }

    private static AnalysisRow analysis(Record row) {
        return new AnalysisRow(
                row.get(MATRIX_COST_ANALYSIS.ID),
                Owners.of(row.get(MATRIX_COST_ANALYSIS.OWNER_TYPE), row.get(MATRIX_COST_ANALYSIS.OWNER_ID)),
                row.get(MATRIX_COST_ANALYSIS.CREATED_AT),
                row.get(MATRIX_COST_ANALYSIS.DOCUMENT));
    }

    private static RecommendationRow recommendation(Record row) {
        return new RecommendationRow(
                row.get(MATRIX_COST_RECOMMENDATION.ID),
                Owners.of(row.get(MATRIX_COST_RECOMMENDATION.OWNER_TYPE), row.get(MATRIX_COST_RECOMMENDATION.OWNER_ID)),
                row.get(MATRIX_COST_RECOMMENDATION.ANALYSIS_ID),
                row.get(MATRIX_COST_RECOMMENDATION.TYPE),
                row.get(MATRIX_COST_RECOMMENDATION.SEVERITY),
                row.get(MATRIX_COST_RECOMMENDATION.STATUS),
                row.get(MATRIX_COST_RECOMMENDATION.LIVE_KEY),
                row.get(MATRIX_COST_RECOMMENDATION.EXPIRES_AT),
                row.get(MATRIX_COST_RECOMMENDATION.VERSION),
                row.get(MATRIX_COST_RECOMMENDATION.DOCUMENT));
    }

    @Override
    public void insert(Tx tx, AnalysisRow row) {
        JooqTx.of(tx)
                .dsl()
                .insertInto(MATRIX_COST_ANALYSIS)
                .set(MATRIX_COST_ANALYSIS.ID, row.id())
                .set(MATRIX_COST_ANALYSIS.OWNER_TYPE, Owners.type(row.owner()))
                .set(MATRIX_COST_ANALYSIS.OWNER_ID, row.owner().id())
                .set(MATRIX_COST_ANALYSIS.CREATED_AT, row.createdAt())
                .set(MATRIX_COST_ANALYSIS.DOCUMENT, row.document())
                .execute();
    }

    @Override
    public Optional<AnalysisRow> find(Tx tx, Owner owner, String id) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_COST_ANALYSIS)
                .where(MATRIX_COST_ANALYSIS.ID.eq(id))
                .and(analysesOf(owner))
                .fetchOptional(JooqCostAnalysisStore::analysis);
    }

    @Override
    public Optional<Owner> ownerOf(Tx tx, String id) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_COST_ANALYSIS.OWNER_TYPE, MATRIX_COST_ANALYSIS.OWNER_ID)
                .from(MATRIX_COST_ANALYSIS)
                .where(MATRIX_COST_ANALYSIS.ID.eq(id))
                .unionAll(select(MATRIX_COST_RECOMMENDATION.OWNER_TYPE, MATRIX_COST_RECOMMENDATION.OWNER_ID)
                        .from(MATRIX_COST_RECOMMENDATION)
                        .where(MATRIX_COST_RECOMMENDATION.ID.eq(id)))
                .fetchOptional(row -> Owners.of(row.value1(), row.value2()));
    }

    @Override
    public Page<AnalysisRow> analyses(Tx tx, Owner owner, PageRequest page) {
        List<AnalysisRow> found = JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_COST_ANALYSIS)
                .where(analysesOf(owner))
                .and(page.cursor() == null ? noCondition() : MATRIX_COST_ANALYSIS.ID.gt(page.cursor()))
                .orderBy(MATRIX_COST_ANALYSIS.ID)
                .limit(page.limit() + 1)
                .fetch(JooqCostAnalysisStore::analysis);
        return Page.of(found, page, AnalysisRow::id);
    }

    @Override
    public boolean insert(Tx tx, RecommendationRow row) {
        return JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_COST_RECOMMENDATION)
                                .set(MATRIX_COST_RECOMMENDATION.ID, row.id())
                                .set(MATRIX_COST_RECOMMENDATION.OWNER_TYPE, Owners.type(row.owner()))
                                .set(
                                        MATRIX_COST_RECOMMENDATION.OWNER_ID,
                                        row.owner().id())
                                .set(MATRIX_COST_RECOMMENDATION.ANALYSIS_ID, row.analysisId())
                                .set(MATRIX_COST_RECOMMENDATION.TYPE, row.type())
                                .set(MATRIX_COST_RECOMMENDATION.SEVERITY, row.severity())
                                .set(MATRIX_COST_RECOMMENDATION.STATUS, row.status())
                                .set(MATRIX_COST_RECOMMENDATION.LIVE_KEY, row.liveKey())
                                .set(MATRIX_COST_RECOMMENDATION.EXPIRES_AT, row.expiresAt())
                                .set(MATRIX_COST_RECOMMENDATION.VERSION, row.version())
                                .set(MATRIX_COST_RECOMMENDATION.DOCUMENT, row.document()))
                == 1;
    }

    @Override
    public Optional<RecommendationRow> recommendation(Tx tx, Owner owner, String id) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_COST_RECOMMENDATION)
                .where(MATRIX_COST_RECOMMENDATION.ID.eq(id))
                .and(recommendationsOf(owner))
                .fetchOptional(JooqCostAnalysisStore::recommendation);
    }

    @Override
    public List<RecommendationRow> live(Tx tx, Owner owner) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_COST_RECOMMENDATION)
                .where(recommendationsOf(owner))
                .and(MATRIX_COST_RECOMMENDATION.LIVE_KEY.isNotNull())
                .orderBy(MATRIX_COST_RECOMMENDATION.ID)
                .fetch(JooqCostAnalysisStore::recommendation);
    }

    @Override
    public Page<RecommendationRow> page(Tx tx, RecommendationFilter filter, PageRequest page) {
        List<RecommendationRow> found = JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_COST_RECOMMENDATION)
                .where(wanted(filter))
                .and(page.cursor() == null ? noCondition() : MATRIX_COST_RECOMMENDATION.ID.gt(page.cursor()))
                .orderBy(MATRIX_COST_RECOMMENDATION.ID)
                .limit(page.limit() + 1)
                .fetch(JooqCostAnalysisStore::recommendation);
        return Page.of(found, page, RecommendationRow::id);
    }

    private static Condition wanted(RecommendationFilter filter) {
        Condition wanted = filter.owner() == null ? noCondition() : recommendationsOf(filter.owner());
        if (filter.type() != null) {
            wanted = wanted.and(MATRIX_COST_RECOMMENDATION.TYPE.eq(filter.type()));
        }
        if (filter.severity() != null) {
            wanted = wanted.and(MATRIX_COST_RECOMMENDATION.SEVERITY.eq(filter.severity()));
        }
        return filter.status() == null ? wanted : wanted.and(MATRIX_COST_RECOMMENDATION.STATUS.eq(filter.status()));
    }

    @Override
    public boolean replaceIfVersion(Tx tx, RecommendationRow row) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_COST_RECOMMENDATION)
                        .set(MATRIX_COST_RECOMMENDATION.ANALYSIS_ID, row.analysisId())
                        .set(MATRIX_COST_RECOMMENDATION.SEVERITY, row.severity())
                        .set(MATRIX_COST_RECOMMENDATION.STATUS, row.status())
                        .set(MATRIX_COST_RECOMMENDATION.LIVE_KEY, row.liveKey())
                        .set(MATRIX_COST_RECOMMENDATION.EXPIRES_AT, row.expiresAt())
                        .set(MATRIX_COST_RECOMMENDATION.VERSION, row.version())
                        .set(MATRIX_COST_RECOMMENDATION.DOCUMENT, row.document())
                        .where(MATRIX_COST_RECOMMENDATION.ID.eq(row.id()))
                        .and(recommendationsOf(row.owner()))
                        .and(MATRIX_COST_RECOMMENDATION.VERSION.eq(row.version() - 1))
                        .execute()
                == 1;
    }

    @Override
    public int erase(Tx tx, Owner owner) {
        DSLContext dsl = JooqTx.of(tx).dsl();
        return dsl.deleteFrom(MATRIX_COST_ANALYSIS).where(analysesOf(owner)).execute()
                + dsl.deleteFrom(MATRIX_COST_RECOMMENDATION)
                        .where(recommendationsOf(owner))
                        .execute();
    }
}
