package dev.matrix.analytics.jooq;

import dev.matrix.analytics.Movement;
import dev.matrix.analytics.TimeRange;
import dev.matrix.analytics.spi.RollupRow;
import java.util.List;

/** How a rollup's key is stored: ranges and movements as the numbers that the script lists. */
final class RollupCodes {

    private static final List<TimeRange> RANGES = List.of(TimeRange.values());
    private static final List<Movement> MOVEMENTS = List.of(Movement.values());

    private RollupCodes() {}

    static short range(TimeRange range) {
        return (short) RANGES.indexOf(range);
    }

    static TimeRange range(short code) {
        return RANGES.get(code);
    }

    static short movement(RollupRow row) {
        return (short) MOVEMENTS.indexOf(row.movement());
    }

    static Movement movement(short code) {
        return MOVEMENTS.get(code);
    }
}
