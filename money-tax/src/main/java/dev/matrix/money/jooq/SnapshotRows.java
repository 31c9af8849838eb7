package dev.matrix.money.jooq;

import static dev.matrix.money.jooq.generated.Tables.MATRIX_FX_RATE;
import static dev.matrix.money.jooq.generated.Tables.MATRIX_FX_SNAPSHOT;

import dev.matrix.money.QuotedRate;
import dev.matrix.money.RateSnapshot;
import dev.matrix.money.RateStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.Record;

/** Snapshots as their two tables hold them. */
final class SnapshotRows {

    private SnapshotRows() {}

    /** The snapshots of joined rows, one a rate, in the order in which they first occur. */
    static List<RateSnapshot> read(Iterable<? extends Record> joined) {
        Map<String, Record> heads = new LinkedHashMap<>();
        Map<String, SortedMap<String, QuotedRate>> rates = new LinkedHashMap<>();
        for (Record row : joined) {
            String id = row.get(MATRIX_FX_SNAPSHOT.ID);
            heads.putIfAbsent(id, row);
            rates.computeIfAbsent(id, absent -> new TreeMap<>())
                    .put(
                            row.get(MATRIX_FX_RATE.QUOTE),
                            new QuotedRate(
                                    row.get(MATRIX_FX_RATE.MID),
                                    row.get(MATRIX_FX_RATE.BID),
                                    row.get(MATRIX_FX_RATE.ASK)));
        }
        List<RateSnapshot> snapshots = new ArrayList<>(heads.size());
        heads.forEach((id, row) -> snapshots.add(snapshot(row, rates.getOrDefault(id, new TreeMap<>()))));
        return snapshots;
    }

    private static RateSnapshot snapshot(Record row, SortedMap<String, QuotedRate> rates) {
        return new RateSnapshot(
                row.get(MATRIX_FX_SNAPSHOT.ID),
                row.get(MATRIX_FX_SNAPSHOT.SOURCE),
                row.get(MATRIX_FX_SNAPSHOT.BASE),
                row.get(MATRIX_FX_SNAPSHOT.OBSERVED_ON),
                row.get(MATRIX_FX_SNAPSHOT.OBSERVED_AT),
                row.get(MATRIX_FX_SNAPSHOT.FETCHED_AT),
                row.get(MATRIX_FX_SNAPSHOT.ACCEPTED_AT),
                row.get(MATRIX_FX_SNAPSHOT.REVISION),
                RateStatus.valueOf(row.get(MATRIX_FX_SNAPSHOT.STATUS)),
                row.get(MATRIX_FX_SNAPSHOT.VALID_UNTIL),
                rates);
    }
}
