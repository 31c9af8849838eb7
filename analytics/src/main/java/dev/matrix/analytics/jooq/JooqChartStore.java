package dev.matrix.analytics.jooq;

import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_ANALYTICS_CHART;
import static org.jooq.impl.DSL.select;

import dev.matrix.analytics.spi.ChartStore;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import java.time.Instant;
import java.util.Optional;

/** {@link ChartStore} in table {@code matrix_analytics_chart}. */
final class JooqChartStore implements ChartStore {

    @Override
    public void insert(Tx tx, ChartRow row) {
        JooqTx.of(tx)
                .dsl()
                .insertInto(MATRIX_ANALYTICS_CHART)
                .set(MATRIX_ANALYTICS_CHART.ID, row.id())
                .set(MATRIX_ANALYTICS_CHART.OWNER_TYPE, Owners.type(row.owner()))
                .set(MATRIX_ANALYTICS_CHART.OWNER_ID, row.owner().id())
                .set(MATRIX_ANALYTICS_CHART.SPEC, row.spec())
                .set(MATRIX_ANALYTICS_CHART.EXPIRES_AT, row.expiresAt())
                .execute();
    }

    @Override
    public Optional<ChartRow> find(Tx tx, String id, Instant now) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_ANALYTICS_CHART)
                .where(MATRIX_ANALYTICS_CHART.ID.eq(id))
                .and(MATRIX_ANALYTICS_CHART.EXPIRES_AT.gt(now))
                .fetchOptional(row -> new ChartRow(
                        row.get(MATRIX_ANALYTICS_CHART.ID),
                        Owners.of(row.get(MATRIX_ANALYTICS_CHART.OWNER_TYPE), row.get(MATRIX_ANALYTICS_CHART.OWNER_ID)),
                        row.get(MATRIX_ANALYTICS_CHART.SPEC),
                        row.get(MATRIX_ANALYTICS_CHART.EXPIRES_AT)));
    }

    @Override
    public int count(Tx tx, Owner owner, Instant now) {
        return JooqTx.of(tx)
                .dsl()
                .fetchCount(
                        MATRIX_ANALYTICS_CHART,
                        Owners.are(MATRIX_ANALYTICS_CHART.OWNER_TYPE, MATRIX_ANALYTICS_CHART.OWNER_ID, owner)
                                .and(MATRIX_ANALYTICS_CHART.EXPIRES_AT.gt(now)));
    }

    @Override
    public void deleteOwned(Tx tx, Owner owner) {
        JooqTx.of(tx)
                .dsl()
                .deleteFrom(MATRIX_ANALYTICS_CHART)
                .where(Owners.are(MATRIX_ANALYTICS_CHART.OWNER_TYPE, MATRIX_ANALYTICS_CHART.OWNER_ID, owner))
                .execute();
    }

    @Override
    public int deleteExpired(Tx tx, Instant now, int limit) {
        return JooqTx.of(tx)
                .dsl()
                .deleteFrom(MATRIX_ANALYTICS_CHART)
                .where(MATRIX_ANALYTICS_CHART.ID.in(select(MATRIX_ANALYTICS_CHART.ID)
                        .from(MATRIX_ANALYTICS_CHART)
                        .where(MATRIX_ANALYTICS_CHART.EXPIRES_AT.le(now))
                        .limit(limit)))
                .and(MATRIX_ANALYTICS_CHART.EXPIRES_AT.le(now))
                .execute();
    }
}
