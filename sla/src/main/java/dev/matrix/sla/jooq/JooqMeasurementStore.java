package dev.matrix.sla.jooq;

import static dev.matrix.sla.jooq.generated.Tables.MATRIX_SLA_BATCH;
import static dev.matrix.sla.jooq.generated.Tables.MATRIX_SLA_BATCH_SEEN;
import static dev.matrix.sla.jooq.generated.Tables.MATRIX_SLA_HOUR;
import static dev.matrix.sla.jooq.generated.Tables.MATRIX_SLA_SHARD;
import static dev.matrix.sla.jooq.generated.Tables.MATRIX_SLA_SHARD_HOUR;
import static org.jooq.impl.DSL.noCondition;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.sla.jooq.generated.tables.MatrixSlaBatch;
import dev.matrix.sla.jooq.generated.tables.MatrixSlaBatchSeen;
import dev.matrix.sla.jooq.generated.tables.MatrixSlaHour;
import dev.matrix.sla.jooq.generated.tables.MatrixSlaShard;
import dev.matrix.sla.jooq.generated.tables.MatrixSlaShardHour;
import dev.matrix.sla.spi.MeasurementStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** {@link MeasurementStore} in tables {@code matrix_sla_batch}, {@code _hour}, {@code _shard} and their kind. */
final class JooqMeasurementStore implements MeasurementStore {

    private static final MatrixSlaBatch BATCH = MATRIX_SLA_BATCH;
    private static final MatrixSlaHour HOUR = MATRIX_SLA_HOUR;
    private static final MatrixSlaShardHour OBSERVED = MATRIX_SLA_SHARD_HOUR;
    private static final MatrixSlaShard SHARD = MATRIX_SLA_SHARD;
    private static final MatrixSlaBatchSeen SEEN = MATRIX_SLA_BATCH_SEEN;

    private static BatchKey key(Record row) {
        return new BatchKey(row.get(BATCH.SOURCE), row.get(BATCH.MINUTE_NO), row.get(BATCH.SHARD), row.get(BATCH.PART));
    }

    private static Condition is(BatchKey key) {
        return BATCH.SOURCE
                .eq(key.source())
                .and(BATCH.MINUTE_NO.eq(key.minute()))
                .and(BATCH.SHARD.eq(key.shard()))
                .and(BATCH.PART.eq(key.part()));
    }

    /** The insert finds out whether there is a row, waiting for one that another transaction is adding. */
    @Override
    public void putBatches(Tx tx, Collection<BatchRow> batches) {
        JooqTx own = JooqTx.of(tx);
        for (BatchRow row : batches) {
            int inserted = own.insertIfAbsent(own.dsl()
                    .insertInto(BATCH)
                    .set(BATCH.SOURCE, row.key().source())
                    .set(BATCH.MINUTE_NO, row.key().minute())
                    .set(BATCH.SHARD, row.key().shard())
                    .set(BATCH.PART, row.key().part())
                    .set(BATCH.REVISION, row.revision())
                    .set(BATCH.FOLDED_REVISION, 0L)
                    .set(BATCH.COUNTS, row.counts()));
            if (inserted == 0) {
                own.dsl()
                        .update(BATCH)
                        .set(BATCH.REVISION, row.revision())
                        .set(BATCH.COUNTS, row.counts())
                        .where(is(row.key()))
                        .and(BATCH.REVISION.lt(row.revision()))
                        .execute();
            }
        }
    }

    @Override
    public List<BatchMark> marks(Tx tx, int shard, long fromMinute, long toMinute, boolean openOnly) {
        return JooqTx.of(tx)
                .dsl()
                .select(BATCH.SOURCE, BATCH.MINUTE_NO, BATCH.SHARD, BATCH.PART, BATCH.REVISION, BATCH.FOLDED_REVISION)
                .from(BATCH)
                .where(BATCH.SHARD.eq(shard))
                .and(BATCH.MINUTE_NO.ge(fromMinute))
                .and(BATCH.MINUTE_NO.lt(toMinute))
                .and(openOnly ? BATCH.REVISION.ne(BATCH.FOLDED_REVISION) : noCondition())
                .orderBy(BATCH.MINUTE_NO, BATCH.SOURCE, BATCH.PART)
                .fetch(row -> new BatchMark(
                        key(row),
                        row.get(BATCH.REVISION),
                        !row.get(BATCH.REVISION).equals(row.get(BATCH.FOLDED_REVISION))));
    }

    @Override
    public List<BatchRow> batches(Tx tx, Collection<BatchKey> keys) {
        return keys.isEmpty()
                ? List.of()
                : JooqTx.of(tx)
                        .dsl()
                        .selectFrom(BATCH)
                        .where(DSL.or(
                                keys.stream().map(JooqMeasurementStore::is).toList()))
                        .fetch(row -> new BatchRow(key(row), row.get(BATCH.REVISION), row.get(BATCH.COUNTS)));
    }

    @Override
    public void fold(
            Tx tx, int shard, Collection<HourRow> hours, Map<Long, Long> observed, Collection<BatchMark> folded) {
        JooqTx own = JooqTx.of(tx);
        DSLContext dsl = own.dsl();
        for (HourRow row : hours) {
            int updated = dsl.update(HOUR)
                    .set(HOUR.COUNTS, row.counts())
                    .where(HOUR.SERIES_NO.eq(row.series()))
                    .and(HOUR.HOUR_NO.eq(row.hour()))
                    .execute();
            if (updated == 0) {
                dsl.insertInto(HOUR)
                        .set(HOUR.SERIES_NO, row.series())
                        .set(HOUR.HOUR_NO, row.hour())
                        .set(HOUR.COUNTS, row.counts())
                        .execute();
            }
        }
        observed.forEach((hour, mask) -> {
            int updated = dsl.update(OBSERVED)
                    .set(OBSERVED.OBSERVED, mask)
                    .where(OBSERVED.SHARD.eq(shard))
                    .and(OBSERVED.HOUR_NO.eq(hour))
                    .execute();
            if (updated == 0) {
                dsl.insertInto(OBSERVED)
                        .set(OBSERVED.SHARD, shard)
                        .set(OBSERVED.HOUR_NO, hour)
                        .set(OBSERVED.OBSERVED, mask)
                        .execute();
            }
        });
        for (BatchMark mark : folded) {
            dsl.update(BATCH)
                    .set(BATCH.FOLDED_REVISION, mark.revision())
                    .where(is(mark.key()))
                    .execute();
        }
    }

    @Override
    public List<HourRow> hours(Tx tx, long series, long fromHour, long toHour) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(HOUR)
                .where(HOUR.SERIES_NO.eq(series))
                .and(HOUR.HOUR_NO.ge(fromHour))
                .and(HOUR.HOUR_NO.lt(toHour))
                .orderBy(HOUR.HOUR_NO)
                .fetch(row -> new HourRow(row.get(HOUR.SERIES_NO), row.get(HOUR.HOUR_NO), row.get(HOUR.COUNTS)));
    }

    @Override
    public Map<Long, Long> observed(Tx tx, int shard, long fromHour, long toHour) {
        return new TreeMap<>(JooqTx.of(tx)
                .dsl()
                .selectFrom(OBSERVED)
                .where(OBSERVED.SHARD.eq(shard))
                .and(OBSERVED.HOUR_NO.ge(fromHour))
                .and(OBSERVED.HOUR_NO.lt(toHour))
                .fetchMap(OBSERVED.HOUR_NO, OBSERVED.OBSERVED));
    }

    @Override
    public long watermark(Tx tx, int shard) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(SHARD)
                .where(SHARD.SHARD.eq(shard))
                .fetchOptional(SHARD.WATERMARK)
                .orElse(Long.MIN_VALUE);
    }

    @Override
    public void watermark(Tx tx, int shard, long minute) {
        JooqTx own = JooqTx.of(tx);
        int inserted = own.insertIfAbsent(
                own.dsl().insertInto(SHARD).set(SHARD.SHARD, shard).set(SHARD.WATERMARK, minute));
        if (inserted == 0) {
            own.dsl()
                    .update(SHARD)
                    .set(SHARD.WATERMARK, minute)
                    .where(SHARD.SHARD.eq(shard))
                    .execute();
        }
    }

    @Override
    public Optional<String> see(Tx tx, String source, String batchId, String fingerprint, Instant until) {
        JooqTx own = JooqTx.of(tx);
        int inserted = own.insertIfAbsent(own.dsl()
                .insertInto(SEEN)
                .set(SEEN.SOURCE, source)
                .set(SEEN.BATCH_ID, batchId)
                .set(SEEN.FINGERPRINT, fingerprint)
                .set(SEEN.UNTIL_AT, until));
        return inserted == 1
                ? Optional.empty()
                : own.dsl()
                        .selectFrom(SEEN)
                        .where(SEEN.SOURCE.eq(source))
                        .and(SEEN.BATCH_ID.eq(batchId))
                        .fetchOptional(SEEN.FINGERPRINT);
    }

    @Override
    public int purge(Tx tx, long beforeHour, long beforeMinute, Instant now, int limit) {
        DSLContext dsl = JooqTx.of(tx).dsl();
        int hours = dsl.deleteFrom(HOUR)
                .where(DSL.row(HOUR.SERIES_NO, HOUR.HOUR_NO)
                        .in(DSL.select(HOUR.SERIES_NO, HOUR.HOUR_NO)
                                .from(HOUR)
                                .where(HOUR.HOUR_NO.lt(beforeHour))
                                .limit(limit)))
                .execute();
        int batches = dsl.deleteFrom(BATCH)
                .where(BATCH.FOLDED_REVISION.eq(BATCH.REVISION))
                .and(DSL.row(BATCH.SOURCE, BATCH.MINUTE_NO, BATCH.SHARD, BATCH.PART)
                        .in(DSL.select(BATCH.SOURCE, BATCH.MINUTE_NO, BATCH.SHARD, BATCH.PART)
                                .from(BATCH)
                                .where(BATCH.MINUTE_NO.lt(beforeMinute))
                                .and(BATCH.FOLDED_REVISION.eq(BATCH.REVISION))
                                .limit(limit)))
                .execute();
        int seen = dsl.deleteFrom(SEEN)
                .where(DSL.row(SEEN.SOURCE, SEEN.BATCH_ID)
                        .in(DSL.select(SEEN.SOURCE, SEEN.BATCH_ID)
                                .from(SEEN)
                                .where(SEEN.UNTIL_AT.le(now))
                                .limit(limit)))
                .execute();
        return hours + batches + seen;
    }
}
