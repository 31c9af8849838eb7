package dev.matrix.analytics;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;

/**
 * Which rollup.
 *
 * @param zone the number of a zone that has rollups
 * @param recordedDay the day of the reporting zone on which the log recorded what makes it
 */
record CellKey(int zone, TimeRange range, Instant bucket, LocalDate recordedDay, Slice slice, Movement movement)
        implements Comparable<CellKey> {

    private static final Comparator<CellKey> ORDER = Comparator.comparingInt(CellKey::zone)
            .thenComparing(CellKey::range)
            .thenComparing(CellKey::bucket)
            .thenComparing(CellKey::recordedDay)
            .thenComparing(CellKey::slice)
            .thenComparing(CellKey::movement);

    @Override
    public int compareTo(CellKey other) {
        return ORDER.compare(this, other);
    }
}
