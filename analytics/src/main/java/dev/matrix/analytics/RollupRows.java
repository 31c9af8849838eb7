package dev.matrix.analytics;

import dev.matrix.analytics.spi.AnalyticsDirectory;
import dev.matrix.analytics.spi.RollupRow;
import dev.matrix.core.spi.Tx;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Cells as rows, their segments by number. Segments beyond the limit are counted as one, {@code (other)}. */
record RollupRows(Map<String, Integer> numbers, int other) {

    static final int MOST_SEGMENTS = 10_000;

    private static final Comparator<RollupRow> ORDER = Comparator.comparingInt(RollupRow::zone)
            .thenComparing(RollupRow::range)
            .thenComparing(RollupRow::bucket)
            .thenComparing(RollupRow::recordedDay)
            .thenComparing(RollupRow::segment)
            .thenComparing(RollupRow::currency)
            .thenComparing(RollupRow::movement);

    /** With numbers for these segments; call it before customers or rollups are locked. */
    static RollupRows numbering(Tx tx, AnalyticsDirectory directory, Collection<Segment> segments, int dimensions) {
        TreeSet<String> keys = new TreeSet<>();
        segments.forEach(segment -> keys.add(segment.key()));
        Map<String, Integer> numbers = directory.numberSegments(tx, keys, MOST_SEGMENTS);
        return new RollupRows(numbers, numbers.size() == keys.size() ? 0 : otherNumber(tx, directory, dimensions));
    }

    private static int otherNumber(Tx tx, AnalyticsDirectory directory, int dimensions) {
        String key = Segment.other(dimensions).key();
        Integer number = directory
                .numberSegments(tx, new TreeSet<>(List.of(key)), MOST_SEGMENTS + 1)
                .get(key);
        if (number == null) {
            throw new IllegalStateException("There is no room for the segment (other).");
        }
        return number;
    }

    /** Each key once, in key order, without zeros. */
    List<RollupRow> of(Map<CellKey, Amounts> cells) {
        Map<RollupRow, Amounts> merged = new TreeMap<>(ORDER);
        cells.forEach((key, amounts) -> merged.merge(row(key, Amounts.ZERO), amounts, Amounts::plus));
        return merged.entrySet().stream()
                .filter(each -> !each.getValue().isZero())
                .map(each -> with(each.getKey(), each.getValue()))
                .toList();
    }

    private RollupRow row(CellKey key, Amounts amounts) {
        return new RollupRow(
                key.zone(),
                key.range(),
                key.bucket(),
                key.recordedDay(),
                numbers.getOrDefault(key.slice().segment().key(), other),
                key.slice().currency(),
                key.movement(),
                amounts.parts(),
                amounts.customers(),
                amounts.payers());
    }

    private static RollupRow with(RollupRow row, Amounts amounts) {
        return new RollupRow(
                row.zone(),
                row.range(),
                row.bucket(),
                row.recordedDay(),
                row.segment(),
                row.currency(),
                row.movement(),
                amounts.parts(),
                amounts.customers(),
                amounts.payers());
    }
}
