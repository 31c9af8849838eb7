package dev.matrix.money.jooq;

import static dev.matrix.jooq.Subqueries.exists;
import static dev.matrix.money.jooq.generated.Tables.MATRIX_FX_QUOTE;
import static dev.matrix.money.jooq.generated.Tables.MATRIX_FX_RATE;
import static dev.matrix.money.jooq.generated.Tables.MATRIX_FX_SNAPSHOT;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.selectOne;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Purge;
import dev.matrix.money.DateRange;
import dev.matrix.money.RateSnapshot;
import dev.matrix.money.RateStatus;
import dev.matrix.money.jooq.generated.tables.MatrixFxSnapshot;
import dev.matrix.money.spi.AsOf;
import dev.matrix.money.spi.FxSnapshotStore;
import dev.matrix.money.spi.Series;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.OrderField;
import org.jooq.Record1;
import org.jooq.Record2;
import org.jooq.Select;
import org.jooq.SelectConditionStep;
import org.jspecify.annotations.Nullable;

/** {@link FxSnapshotStore} in tables {@code matrix_fx_snapshot} and {@code matrix_fx_rate}. */
final class JooqFxSnapshotStore implements FxSnapshotStore {

    private static final List<OrderField<?>> NEWEST_FIRST = List.of(
            MATRIX_FX_SNAPSHOT.OBSERVED_ON.desc(),
            MATRIX_FX_SNAPSHOT.OBSERVED_AT.desc(),
            MATRIX_FX_SNAPSHOT.REVISION.desc());

    private final SnapshotInsert insert;

    JooqFxSnapshotStore(SnapshotInsert insert) {
        this.insert = insert;
    }

    @Override
    public void insert(Tx tx, List<RateSnapshot> snapshots) {
        if (!snapshots.isEmpty() && insert.insert(JooqTx.of(tx), snapshots) < snapshots.size()) {
            throw new ConflictException("Somebody else has stored one of these observations meanwhile: "
                    + snapshots.get(0).source() + ", " + snapshots.get(0).base() + ". Read again, then decide again.");
        }
    }

    @Override
    public Optional<RateSnapshot> find(Tx tx, String id) {
        return load(tx, MATRIX_FX_SNAPSHOT.ID.eq(id)).stream().findFirst();
    }

    @Override
    public List<RateSnapshot> newest(Tx tx, Collection<AsOf> wanted) {
        DSLContext dsl = JooqTx.of(tx).dsl();
        Select<Record1<String>> ids = null;
        for (AsOf each : wanted) {
            Select<Record1<String>> one =
                    accepted(dsl, each).orderBy(NEWEST_FIRST).limit(1);
            ids = ids == null ? one : ids.unionAll(one);
        }
        return ids == null ? List.of() : load(tx, MATRIX_FX_SNAPSHOT.ID.in(ids));
    }

    @Override
    public Optional<RateSnapshot> newestQuoting(Tx tx, AsOf wanted, String quote) {
        DSLContext dsl = JooqTx.of(tx).dsl();
        Record2<LocalDate, LocalDate> days = dsl.select(MATRIX_FX_QUOTE.FIRST_ON, MATRIX_FX_QUOTE.LAST_ON)
                .from(MATRIX_FX_QUOTE)
                .where(MATRIX_FX_QUOTE.SOURCE.eq(wanted.series().source()))
                .and(MATRIX_FX_QUOTE.BASE.eq(wanted.series().base()))
                .and(MATRIX_FX_QUOTE.QUOTE.eq(quote))
                .fetchOne();
        LocalDate day = wanted.onOrBefore();
        if (days == null || (day != null && day.isBefore(days.value1()))) {
            return Optional.empty();
        }
        LocalDate last = day == null || day.isAfter(days.value2()) ? days.value2() : day;
        Select<Record1<String>> id = accepted(dsl, new AsOf(wanted.series(), last, wanted.knownAt()))
                .and(MATRIX_FX_SNAPSHOT.OBSERVED_ON.ge(days.value1()))
                .and(exists(selectOne()
                        .from(MATRIX_FX_RATE)
                        .where(MATRIX_FX_RATE.SNAPSHOT_ID.eq(MATRIX_FX_SNAPSHOT.ID))
                        .and(MATRIX_FX_RATE.QUOTE.eq(quote))))
                .orderBy(NEWEST_FIRST)
                .limit(1);
        return load(tx, MATRIX_FX_SNAPSHOT.ID.in(id)).stream().findFirst();
    }

    private static SelectConditionStep<Record1<String>> accepted(DSLContext dsl, AsOf wanted) {
        LocalDate day = wanted.onOrBefore();
        Instant knownAt = wanted.knownAt();
        return dsl.select(MATRIX_FX_SNAPSHOT.ID)
                .from(MATRIX_FX_SNAPSHOT)
                .where(isOf(wanted.series()))
                .and(MATRIX_FX_SNAPSHOT.STATUS.eq(RateStatus.ACCEPTED.name()))
                .and(day == null ? noCondition() : MATRIX_FX_SNAPSHOT.OBSERVED_ON.le(day))
                .and(knownAt == null ? noCondition() : MATRIX_FX_SNAPSHOT.ACCEPTED_AT.le(knownAt));
    }

    private static Condition isOf(Series series) {
        return MATRIX_FX_SNAPSHOT.SOURCE.eq(series.source()).and(MATRIX_FX_SNAPSHOT.BASE.eq(series.base()));
    }

    /** Snapshots with their rates, oldest first; by one statement. */
    private static List<RateSnapshot> load(Tx tx, Condition wanted) {
        return SnapshotRows.read(JooqTx.of(tx)
                .dsl()
                .select(MATRIX_FX_SNAPSHOT.fields())
                .select(MATRIX_FX_RATE.fields())
                .from(MATRIX_FX_SNAPSHOT)
                .join(MATRIX_FX_RATE)
                .on(MATRIX_FX_RATE.SNAPSHOT_ID.eq(MATRIX_FX_SNAPSHOT.ID))
                .where(wanted)
                .orderBy(MATRIX_FX_SNAPSHOT.OBSERVED_AT, MATRIX_FX_SNAPSHOT.REVISION)
                .fetch());
    }

    @Override
    public List<RateSnapshot> revisions(Tx tx, Series series, Instant from, Instant to) {
        Map<Instant, RateSnapshot> highest = new LinkedHashMap<>();
        load(tx, isOf(series).and(MATRIX_FX_SNAPSHOT.OBSERVED_AT.between(from, to)))
                .forEach(snapshot -> highest.put(snapshot.observedAt(), snapshot));
        return List.copyOf(highest.values());
    }

    @Override
    public Optional<RateSnapshot> quarantined(Tx tx, Series series) {
        Select<Record1<String>> id = JooqTx.of(tx)
                .dsl()
                .select(MATRIX_FX_SNAPSHOT.ID)
                .from(MATRIX_FX_SNAPSHOT)
                .where(isOf(series))
                .and(MATRIX_FX_SNAPSHOT.STATUS.eq(RateStatus.QUARANTINED.name()))
                .orderBy(NEWEST_FIRST)
                .limit(1);
        return load(tx, MATRIX_FX_SNAPSHOT.ID.in(id)).stream().findFirst();
    }

    @Override
    public boolean decide(Tx tx, String id, RateStatus status, Instant now) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_FX_SNAPSHOT)
                        .set(MATRIX_FX_SNAPSHOT.STATUS, status.name())
                        .set(MATRIX_FX_SNAPSHOT.ACCEPTED_AT, acceptedAt(status, now))
                        .where(MATRIX_FX_SNAPSHOT.ID.eq(id))
                        .and(MATRIX_FX_SNAPSHOT.STATUS.eq(RateStatus.QUARANTINED.name()))
                        .execute()
                == 1;
    }

    private static @Nullable Instant acceptedAt(RateStatus status, Instant now) {
        return status == RateStatus.ACCEPTED ? now : null;
    }

    @Override
    public List<Change> acceptedAfter(Tx tx, Instant instant) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_FX_SNAPSHOT.SOURCE, MATRIX_FX_SNAPSHOT.BASE, min(MATRIX_FX_SNAPSHOT.OBSERVED_ON))
                .from(MATRIX_FX_SNAPSHOT)
                .where(MATRIX_FX_SNAPSHOT.ACCEPTED_AT.gt(instant))
                .groupBy(MATRIX_FX_SNAPSHOT.SOURCE, MATRIX_FX_SNAPSHOT.BASE)
                .fetch(row -> new Change(new Series(row.value1(), row.value2()), row.value3()));
    }

    @Override
    public Page<RateSnapshot> page(Tx tx, String source, DateRange days, PageRequest page) {
        DSLContext dsl = JooqTx.of(tx).dsl();
        var heads = dsl.select(MATRIX_FX_SNAPSHOT.fields())
                .from(MATRIX_FX_SNAPSHOT)
                .where(MATRIX_FX_SNAPSHOT.SOURCE.eq(source))
                .and(MATRIX_FX_SNAPSHOT.OBSERVED_ON.between(days.from(), days.to()))
                .and(isAfter(page.cursor()))
                .orderBy(MATRIX_FX_SNAPSHOT.OBSERVED_ON, MATRIX_FX_SNAPSHOT.ID)
                .limit(page.limit() + 1)
                .asTable(MATRIX_FX_SNAPSHOT);
        List<RateSnapshot> found = SnapshotRows.read(dsl.select(heads.fields())
                .select(MATRIX_FX_RATE.fields())
                .from(heads)
                .join(MATRIX_FX_RATE)
                .on(MATRIX_FX_RATE.SNAPSHOT_ID.eq(heads.field(MATRIX_FX_SNAPSHOT.ID)))
                .orderBy(heads.field(MATRIX_FX_SNAPSHOT.OBSERVED_ON), heads.field(MATRIX_FX_SNAPSHOT.ID))
                .fetch());
        return Page.of(found, page, snapshot -> snapshot.observedOn() + "/" + snapshot.id());
    }

    private static Condition isAfter(@Nullable String cursor) {
        if (cursor == null) {
            return noCondition();
        }
        String[] parts = cursor.split("/", 2);
        try {
            return row(MATRIX_FX_SNAPSHOT.OBSERVED_ON, MATRIX_FX_SNAPSHOT.ID)
                    .gt(row(LocalDate.parse(parts[0]), parts[parts.length - 1]));
        } catch (DateTimeParseException e) {
            InvalidRequestException refusal =
                    new InvalidRequestException("This is no cursor of a page of rates; hand back the one you got.");
            refusal.initCause(e);
            throw refusal;
        }
    }

    @Override
    public int thin(Tx tx, String source, LocalDate before, int limit) {
        JooqTx own = JooqTx.of(tx);
        MatrixFxSnapshot later = MATRIX_FX_SNAPSHOT.as("later");
        String accepted = RateStatus.ACCEPTED.name();
        Condition over = MATRIX_FX_SNAPSHOT
                .SOURCE
                .eq(source)
                .and(MATRIX_FX_SNAPSHOT.OBSERVED_ON.lt(before))
                .and(MATRIX_FX_SNAPSHOT
                        .STATUS
                        .ne(accepted)
                        .or(exists(selectOne()
                                .from(later)
                                .where(later.SOURCE.eq(MATRIX_FX_SNAPSHOT.SOURCE))
                                .and(later.BASE.eq(MATRIX_FX_SNAPSHOT.BASE))
                                .and(later.STATUS.eq(accepted))
                                .and(later.OBSERVED_ON.eq(MATRIX_FX_SNAPSHOT.OBSERVED_ON))
                                .and(row(later.OBSERVED_AT, later.REVISION)
                                        .gt(MATRIX_FX_SNAPSHOT.OBSERVED_AT, MATRIX_FX_SNAPSHOT.REVISION)))));
        String[] thinned = Purge.oldest(own, MATRIX_FX_SNAPSHOT, over, MATRIX_FX_SNAPSHOT.OBSERVED_ON, limit).stream()
                .map(snapshot -> snapshot.get(MATRIX_FX_SNAPSHOT.ID))
                .toArray(String[]::new);
        own.dsl()
                .deleteFrom(MATRIX_FX_RATE)
                .where(MATRIX_FX_RATE.SNAPSHOT_ID.eq(any(thinned)))
                .execute();
        return thinned.length;
    }
}
