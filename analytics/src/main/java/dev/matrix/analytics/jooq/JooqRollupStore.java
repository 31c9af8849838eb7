package dev.matrix.analytics.jooq;

import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_ANALYTICS_MRR_ROLLUP;
import static org.jooq.impl.DSL.castNull;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.sum;

import dev.matrix.analytics.spi.RollupRange;
import dev.matrix.analytics.spi.RollupRow;
import dev.matrix.analytics.spi.RollupStore;
import dev.matrix.analytics.spi.RollupSum;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.PostgresBatch;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectField;

/** {@link RollupStore} in table {@code matrix_analytics_mrr_rollup}. */
final class JooqRollupStore implements RollupStore {

    private static final int AT_ONCE = 1_000;
    private static final Field<Instant> BUCKET = MATRIX_ANALYTICS_MRR_ROLLUP.BUCKET_START;
    private static final Field<BigDecimal> PARTS = sum(MATRIX_ANALYTICS_MRR_ROLLUP.PARTS);
    private static final Field<BigDecimal> CUSTOMERS = sum(MATRIX_ANALYTICS_MRR_ROLLUP.CUSTOMERS);
    private static final Field<BigDecimal> PAYERS = sum(MATRIX_ANALYTICS_MRR_ROLLUP.PAYERS);
    private static final Field<LocalDate> FIRST_DAY = min(MATRIX_ANALYTICS_MRR_ROLLUP.RECORDED_DAY);
    private static final Field<LocalDate> LAST_DAY = max(MATRIX_ANALYTICS_MRR_ROLLUP.RECORDED_DAY);

    /** In the order of the rows given, so that two who add never wait for each other in a circle. */
    private static final String ADD = """
            insert into matrix_analytics_mrr_rollup as former
              (zone_no, time_range, bucket_start, recorded_day, segment_no, currency, movement, parts, customers, payers)
            select zone_no, time_range, timestamptz 'epoch' + bucket_us * interval '1 microsecond', recorded_day::date,
              segment_no, currency, movement, parts::numeric, customers, payers
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) with ordinality as n
              (zone_no, time_range, bucket_us, recorded_day, segment_no, currency, movement, parts, customers, payers, place)
            order by place
            on conflict (zone_no, time_range, bucket_start, recorded_day, segment_no, currency, movement) do update
              set parts = former.parts + excluded.parts, customers = former.customers + excluded.customers,
                payers = former.payers + excluded.payers
            returning segment_no
            """;

    @Override
    public void add(Tx tx, List<RollupRow> additions) {
        JooqTx own = JooqTx.of(tx);
        switch (own.database()) {
            case POSTGRESQL -> addAtOnce(own, additions);
            case H2 -> additions.forEach(more -> add(own, more));
        }
    }

    private static void addAtOnce(JooqTx tx, List<RollupRow> additions) {
        PostgresBatch.Parameters parameters = batch -> batch.shorts(additions, row -> (short) row.zone())
                .shorts(additions, row -> RollupCodes.range(row.range()))
                .instants(additions, RollupRow::bucket)
                .days(additions, RollupRow::recordedDay)
                .ints(additions, RollupRow::segment)
                .texts(additions, RollupRow::currency)
                .shorts(additions, RollupCodes::movement)
                .decimals(additions, row -> new BigDecimal(row.parts()))
                .longs(additions, RollupRow::customers)
                .longs(additions, RollupRow::payers);
        PostgresBatch.fetch(tx, ADD, parameters, row -> row.getInt(1));
    }

    private static void add(JooqTx tx, RollupRow more) {
        if (raise(tx, more) == 0) {
            int added = tx.insertIfAbsent(insertInto(MATRIX_ANALYTICS_MRR_ROLLUP)
                    .set(MATRIX_ANALYTICS_MRR_ROLLUP.ZONE_NO, (short) more.zone())
                    .set(MATRIX_ANALYTICS_MRR_ROLLUP.TIME_RANGE, RollupCodes.range(more.range()))
                    .set(BUCKET, more.bucket())
                    .set(MATRIX_ANALYTICS_MRR_ROLLUP.RECORDED_DAY, more.recordedDay())
                    .set(MATRIX_ANALYTICS_MRR_ROLLUP.SEGMENT_NO, more.segment())
                    .set(MATRIX_ANALYTICS_MRR_ROLLUP.CURRENCY, more.currency())
                    .set(MATRIX_ANALYTICS_MRR_ROLLUP.MOVEMENT, RollupCodes.movement(more))
                    .set(MATRIX_ANALYTICS_MRR_ROLLUP.PARTS, more.parts())
                    .set(MATRIX_ANALYTICS_MRR_ROLLUP.CUSTOMERS, more.customers())
                    .set(MATRIX_ANALYTICS_MRR_ROLLUP.PAYERS, more.payers()));
            if (added == 0) {
                raise(tx, more);
            }
        }
    }

    private static int raise(JooqTx tx, RollupRow more) {
        return tx.dsl()
                .update(MATRIX_ANALYTICS_MRR_ROLLUP)
                .set(MATRIX_ANALYTICS_MRR_ROLLUP.PARTS, MATRIX_ANALYTICS_MRR_ROLLUP.PARTS.plus(more.parts()))
                .set(
                        MATRIX_ANALYTICS_MRR_ROLLUP.CUSTOMERS,
                        MATRIX_ANALYTICS_MRR_ROLLUP.CUSTOMERS.plus(more.customers()))
                .set(MATRIX_ANALYTICS_MRR_ROLLUP.PAYERS, MATRIX_ANALYTICS_MRR_ROLLUP.PAYERS.plus(more.payers()))
                .where(MATRIX_ANALYTICS_MRR_ROLLUP.ZONE_NO.eq((short) more.zone()))
                .and(MATRIX_ANALYTICS_MRR_ROLLUP.TIME_RANGE.eq(RollupCodes.range(more.range())))
                .and(BUCKET.eq(more.bucket()))
                .and(MATRIX_ANALYTICS_MRR_ROLLUP.RECORDED_DAY.eq(more.recordedDay()))
                .and(MATRIX_ANALYTICS_MRR_ROLLUP.SEGMENT_NO.eq(more.segment()))
                .and(MATRIX_ANALYTICS_MRR_ROLLUP.CURRENCY.eq(more.currency()))
                .and(MATRIX_ANALYTICS_MRR_ROLLUP.MOVEMENT.eq(RollupCodes.movement(more)))
                .execute();
    }

    @Override
    public void read(Tx tx, RollupRange range, Consumer<RollupSum> sink) {
        Condition recorded = MATRIX_ANALYTICS_MRR_ROLLUP
                .ZONE_NO
                .eq((short) range.zone())
                .and(MATRIX_ANALYTICS_MRR_ROLLUP.TIME_RANGE.eq(RollupCodes.range(range.range())))
                .and(MATRIX_ANALYTICS_MRR_ROLLUP.RECORDED_DAY.le(range.recordedUntil()))
                .and(MATRIX_ANALYTICS_MRR_ROLLUP
                        .PARTS
                        .ne(BigInteger.ZERO)
                        .or(MATRIX_ANALYTICS_MRR_ROLLUP.CUSTOMERS.ne(0L))
                        .or(MATRIX_ANALYTICS_MRR_ROLLUP.PAYERS.ne(0L)));
        var before = JooqTx.of(tx)
                .dsl()
                .select(sums(castNull(BUCKET)))
                .from(MATRIX_ANALYTICS_MRR_ROLLUP)
                .where(recorded)
                .and(BUCKET.lt(range.from()))
                .groupBy(
                        MATRIX_ANALYTICS_MRR_ROLLUP.SEGMENT_NO,
                        MATRIX_ANALYTICS_MRR_ROLLUP.CURRENCY,
                        MATRIX_ANALYTICS_MRR_ROLLUP.MOVEMENT);
        var within = JooqTx.of(tx)
                .dsl()
                .select(sums(BUCKET))
                .from(MATRIX_ANALYTICS_MRR_ROLLUP)
                .where(recorded)
                .and(BUCKET.ge(range.from()))
                .and(BUCKET.lt(range.to()))
                .groupBy(
                        BUCKET,
                        MATRIX_ANALYTICS_MRR_ROLLUP.SEGMENT_NO,
                        MATRIX_ANALYTICS_MRR_ROLLUP.CURRENCY,
                        MATRIX_ANALYTICS_MRR_ROLLUP.MOVEMENT);
        before.unionAll(within).fetch().forEach(row -> sink.accept(summed(row)));
    }

    private static List<SelectField<?>> sums(Field<Instant> bucket) {
        return List.of(
                bucket.as(BUCKET),
                MATRIX_ANALYTICS_MRR_ROLLUP.SEGMENT_NO,
                MATRIX_ANALYTICS_MRR_ROLLUP.CURRENCY,
                MATRIX_ANALYTICS_MRR_ROLLUP.MOVEMENT,
                PARTS.as("parts_sum"),
                CUSTOMERS.as("customers_sum"),
                PAYERS.as("payers_sum"),
                FIRST_DAY.as("first_day"),
                LAST_DAY.as("last_day"));
    }

    private static RollupSum summed(Record row) {
        return new RollupSum(
                row.get(0, Instant.class),
                row.get(1, Integer.class),
                row.get(2, String.class),
                RollupCodes.movement(row.get(3, Short.class)),
                row.get(4, BigDecimal.class).toBigIntegerExact(),
                row.get(5, BigDecimal.class).longValueExact(),
                row.get(6, BigDecimal.class).longValueExact(),
                row.get(7, LocalDate.class),
                row.get(8, LocalDate.class));
    }

    private static Condition isIn(Instant from, Instant to) {
        return BUCKET.ge(from).and(BUCKET.lt(to));
    }

    @Override
    public void rows(Tx tx, Instant from, Instant to, Consumer<RollupRow> sink) {
        try (Stream<? extends Record> rows = JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_ANALYTICS_MRR_ROLLUP)
                .where(isIn(from, to))
                .fetchSize(AT_ONCE)
                .fetchStream()) {
            rows.forEach(row -> sink.accept(new RollupRow(
                    row.get(MATRIX_ANALYTICS_MRR_ROLLUP.ZONE_NO),
                    RollupCodes.range(row.get(MATRIX_ANALYTICS_MRR_ROLLUP.TIME_RANGE)),
                    row.get(BUCKET),
                    row.get(MATRIX_ANALYTICS_MRR_ROLLUP.RECORDED_DAY),
                    row.get(MATRIX_ANALYTICS_MRR_ROLLUP.SEGMENT_NO),
                    row.get(MATRIX_ANALYTICS_MRR_ROLLUP.CURRENCY),
                    RollupCodes.movement(row.get(MATRIX_ANALYTICS_MRR_ROLLUP.MOVEMENT)),
                    row.get(MATRIX_ANALYTICS_MRR_ROLLUP.PARTS),
                    row.get(MATRIX_ANALYTICS_MRR_ROLLUP.CUSTOMERS),
                    row.get(MATRIX_ANALYTICS_MRR_ROLLUP.PAYERS))));
        }
    }

    @Override
    public long delete(Tx tx, Instant from, Instant to) {
        return JooqTx.of(tx)
                .dsl()
                .deleteFrom(MATRIX_ANALYTICS_MRR_ROLLUP)
                .where(isIn(from, to))
                .execute();
    }
}
