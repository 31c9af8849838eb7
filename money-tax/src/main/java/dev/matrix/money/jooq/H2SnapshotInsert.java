package dev.matrix.money.jooq;

import static dev.matrix.money.jooq.generated.Tables.MATRIX_FX_QUOTE;
import static dev.matrix.money.jooq.generated.Tables.MATRIX_FX_RATE;
import static dev.matrix.money.jooq.generated.Tables.MATRIX_FX_SNAPSHOT;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.val;

import dev.matrix.jooq.JooqTx;
import dev.matrix.money.DateRange;
import dev.matrix.money.QuotedRate;
import dev.matrix.money.RateSnapshot;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Query;

/** Two JDBC batches. */
final class H2SnapshotInsert implements SnapshotInsert {

    @Override
    public int insert(JooqTx tx, List<RateSnapshot> snapshots) {
        DSLContext dsl = tx.dsl();
        Object[][] heads = snapshots.stream().map(H2SnapshotInsert::head).toArray(Object[][]::new);
        Query unlessTaken = dsl.query("{0} on conflict do nothing", insertHead(dsl));
        int[] inserted = dsl.batch(unlessTaken).bind(heads).execute();
        Object[][] rates = snapshots.stream()
                .flatMap(snapshot -> snapshot.rates().entrySet().stream().map(rate -> rate(snapshot.id(), rate)))
                .toArray(Object[][]::new);
        dsl.batch(insertRate(dsl)).bind(rates).execute();
        days(snapshots).forEach((key, days) -> quoted(tx, key, days));
        return Arrays.stream(inserted).sum();
    }

    private record Key(String source, String base, String quote) {}

    /** The days on which each currency is quoted, the first and the last. */
    private static Map<Key, DateRange> days(List<RateSnapshot> snapshots) {
        Map<Key, DateRange> days = new LinkedHashMap<>();
        for (RateSnapshot snapshot : snapshots) {
            LocalDate day = snapshot.observedOn();
            for (String quote : snapshot.rates().keySet()) {
                days.merge(
                        new Key(snapshot.source(), snapshot.base(), quote),
                        new DateRange(day, day),
                        (all, one) -> new DateRange(
                                day.isBefore(all.from()) ? day : all.from(), day.isAfter(all.to()) ? day : all.to()));
            }
        }
        return days;
    }

    private static void quoted(JooqTx tx, Key key, DateRange days) {
        int added = tx.insertIfAbsent(insertInto(MATRIX_FX_QUOTE)
                .set(MATRIX_FX_QUOTE.SOURCE, key.source())
                .set(MATRIX_FX_QUOTE.BASE, key.base())
                .set(MATRIX_FX_QUOTE.QUOTE, key.quote())
                .set(MATRIX_FX_QUOTE.FIRST_ON, days.from())
                .set(MATRIX_FX_QUOTE.LAST_ON, days.to()));
        if (added == 0) {
            tx.dsl()
                    .update(MATRIX_FX_QUOTE)
                    .set(MATRIX_FX_QUOTE.FIRST_ON, least(MATRIX_FX_QUOTE.FIRST_ON, val(days.from())))
                    .set(MATRIX_FX_QUOTE.LAST_ON, greatest(MATRIX_FX_QUOTE.LAST_ON, val(days.to())))
                    .where(MATRIX_FX_QUOTE.SOURCE.eq(key.source()))
                    .and(MATRIX_FX_QUOTE.BASE.eq(key.base()))
                    .and(MATRIX_FX_QUOTE.QUOTE.eq(key.quote()))
                    .execute();
        }
    }

    private static Query insertHead(DSLContext dsl) {
        return dsl.insertInto(MATRIX_FX_SNAPSHOT)
                .set(MATRIX_FX_SNAPSHOT.ID, "")
                .set(MATRIX_FX_SNAPSHOT.SOURCE, "")
                .set(MATRIX_FX_SNAPSHOT.BASE, "")
                .set(MATRIX_FX_SNAPSHOT.OBSERVED_ON, LocalDate.EPOCH)
                .set(MATRIX_FX_SNAPSHOT.OBSERVED_AT, Instant.EPOCH)
                .set(MATRIX_FX_SNAPSHOT.FETCHED_AT, Instant.EPOCH)
                .set(MATRIX_FX_SNAPSHOT.ACCEPTED_AT, Instant.EPOCH)
                .set(MATRIX_FX_SNAPSHOT.REVISION, 0)
                .set(MATRIX_FX_SNAPSHOT.STATUS, "")
                .set(MATRIX_FX_SNAPSHOT.VALID_UNTIL, LocalDate.EPOCH);
    }

    private static Object[] head(RateSnapshot snapshot) {
        return new Object[] {
            snapshot.id(),
            snapshot.source(),
            snapshot.base(),
            snapshot.observedOn(),
            snapshot.observedAt(),
            snapshot.fetchedAt(),
            snapshot.acceptedAt(),
            snapshot.revision(),
            snapshot.status().name(),
            snapshot.validUntil()
        };
    }

    private static Query insertRate(DSLContext dsl) {
        return dsl.insertInto(MATRIX_FX_RATE)
                .set(MATRIX_FX_RATE.SNAPSHOT_ID, "")
                .set(MATRIX_FX_RATE.QUOTE, "")
                .set(MATRIX_FX_RATE.MID, BigDecimal.ZERO)
                .set(MATRIX_FX_RATE.BID, BigDecimal.ZERO)
                .set(MATRIX_FX_RATE.ASK, BigDecimal.ZERO);
    }

    private static Object[] rate(String id, Map.Entry<String, QuotedRate> rate) {
        QuotedRate quoted = rate.getValue();
        return new Object[] {id, rate.getKey(), quoted.mid(), quoted.bid(), quoted.ask()};
    }
}
