package dev.matrix.sla;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The minutes of one hour; a minute without counts was observed by nobody: a gap. Not thread-safe. */
final class HourCounts {

    static final int MINUTES = 60;

    private final @Nullable MinuteCounts[] minutes = new MinuteCounts[MINUTES];

    @Nullable
    MinuteCounts at(int minute) {
        return minutes[minute];
    }

    /** Adds what a source counted; idle counts say that the minute was observed. */
    void add(int minute, MinuteCounts counts) {
        MinuteCounts former = minutes[minute];
        minutes[minute] = former == null ? counts : former.plus(counts);
    }

    void addAll(HourCounts other) {
        for (int minute = 0; minute < MINUTES; minute++) {
            MinuteCounts counts = other.minutes[minute];
            if (counts != null) {
                add(minute, counts);
            }
        }
    }

    /** Which minutes were observed, the first one in the lowest bit. */
    long observed() {
        long mask = 0;
        for (int minute = 0; minute < MINUTES; minute++) {
            mask |= minutes[minute] == null ? 0 : 1L << minute;
        }
        return mask;
    }

    /** Whether no observed minute has counts. */
    boolean isIdle() {
        return Arrays.stream(minutes).allMatch(counts -> counts == null || counts.isIdle());
    }

    static HourCounts idle(long observed) {
        HourCounts hour = new HourCounts();
        for (int minute = 0; minute < MINUTES; minute++) {
            if (((observed >>> minute) & 1) != 0) {
                hour.minutes[minute] = MinuteCounts.IDLE;
            }
        }
        return hour;
    }
}
