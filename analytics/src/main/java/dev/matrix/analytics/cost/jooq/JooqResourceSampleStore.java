package dev.matrix.analytics.cost.jooq;

import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_COST_SAMPLE;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.spi.ResourceSampleStore;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.Record;

/** {@link ResourceSampleStore} in {@code matrix_cost_sample}. */
final class JooqResourceSampleStore implements ResourceSampleStore {

    private static final int FETCHED_AT_ONCE = 1_000;

    private static Condition of(Owner owner) {
        return Owners.are(MATRIX_COST_SAMPLE.OWNER_TYPE, MATRIX_COST_SAMPLE.OWNER_ID, owner);
    }

    @Override
    public int append(Tx tx, List<SampleRow> rows) {
        JooqTx own = JooqTx.of(tx);
        int added = 0;
        for (SampleRow each : rows) {
            added += own.insertIfAbsent(insertInto(MATRIX_COST_SAMPLE)
                    .set(MATRIX_COST_SAMPLE.OWNER_TYPE, Owners.type(each.owner()))
                    .set(MATRIX_COST_SAMPLE.OWNER_ID, each.owner().id())
                    .set(MATRIX_COST_SAMPLE.RESOURCE_ID, each.resourceId())
                    .set(MATRIX_COST_SAMPLE.FROM_AT, each.from())
                    .set(MATRIX_COST_SAMPLE.SECONDS, each.seconds())
                    .set(MATRIX_COST_SAMPLE.LOADS, each.loads()));
        }
        return added;
    }

    @Override
    public void read(Tx tx, Owner owner, Window window, Consumer<SampleRow> sink) {
        try (Cursor<? extends Record> rows = JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_COST_SAMPLE)
                .where(of(owner))
                .and(MATRIX_COST_SAMPLE.FROM_AT.ge(window.from()))
                .and(MATRIX_COST_SAMPLE.FROM_AT.lt(window.to()))
                .orderBy(MATRIX_COST_SAMPLE.RESOURCE_ID, MATRIX_COST_SAMPLE.FROM_AT, MATRIX_COST_SAMPLE.SECONDS)
                .fetchSize(FETCHED_AT_ONCE)
                .fetchLazy()) {
            rows.forEach(found -> sink.accept(new SampleRow(
                    owner,
                    found.get(MATRIX_COST_SAMPLE.RESOURCE_ID),
                    found.get(MATRIX_COST_SAMPLE.FROM_AT),
                    found.get(MATRIX_COST_SAMPLE.SECONDS),
                    found.get(MATRIX_COST_SAMPLE.LOADS))));
        }
    }

    @Override
    public int deleteBefore(Tx tx, Instant cutoff, int limit) {
        return JooqTx.of(tx)
                .dsl()
                .deleteFrom(MATRIX_COST_SAMPLE)
                .where(row(
                                MATRIX_COST_SAMPLE.OWNER_TYPE,
                                MATRIX_COST_SAMPLE.OWNER_ID,
                                MATRIX_COST_SAMPLE.RESOURCE_ID,
                                MATRIX_COST_SAMPLE.FROM_AT,
                                MATRIX_COST_SAMPLE.SECONDS)
                        .in(select(
                                        MATRIX_COST_SAMPLE.OWNER_TYPE,
                                        MATRIX_COST_SAMPLE.OWNER_ID,
                                        MATRIX_COST_SAMPLE.RESOURCE_ID,
                                        MATRIX_COST_SAMPLE.FROM_AT,
                                        MATRIX_COST_SAMPLE.SECONDS)
                                .from(MATRIX_COST_SAMPLE)
                                .where(MATRIX_COST_SAMPLE.FROM_AT.lt(cutoff))
                                .limit(limit)))
                .execute();
    }

    @Override
    public int erase(Tx tx, Owner owner) {
        return JooqTx.of(tx)
                .dsl()
                .deleteFrom(MATRIX_COST_SAMPLE)
                .where(of(owner))
                .execute();
    }
}
