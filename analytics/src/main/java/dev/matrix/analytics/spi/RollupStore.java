package dev.matrix.analytics.spi;

import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** The movements of MRR, added up by bucket, recorded day, segment and currency. A row that isn't there counts as zeros. */
public interface RollupStore {

    /**
     * Adds to rows, making those that aren't there. The list has each key once, in key order (zone, range, bucket, recorded day,
     * segment, currency, movement), so that two transactions that add to the same rows wait for each other but never in a circle.
     */
    void add(Tx tx, List<RollupRow> additions);

    /**
     * The rows of a range, added up over their recorded days, in one statement: all of one moment. A row of zeros is as if it
     * weren't there. The order is undefined.
     */
    void read(Tx tx, RollupRange range, Consumer<RollupSum> sink);

    /** All rows of buckets that begin in {@code [from, to)}, of all zones and ranges; the order is undefined. */
    void rows(Tx tx, Instant from, Instant to, Consumer<RollupRow> sink);

    /** Deletes what {@link #rows} gives; returns how many rows there were. */
    long delete(Tx tx, Instant from, Instant to);
}
