package dev.matrix.analytics.cost.spi;

import dev.matrix.analytics.Window;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Samples of machines, one row per owner, machine, start and length. */
public interface ResourceSampleStore {

    /** A sample; loads as JSON. */
    record SampleRow(Owner owner, String resourceId, Instant from, int seconds, String loads) {}

    /** Adds samples; one whose key is known is left alone. Returns how many are new. */
    int append(Tx tx, List<SampleRow> rows);

    /** The samples that begin in a window, by machine, start and length. */
    void read(Tx tx, Owner owner, Window window, Consumer<SampleRow> sink);

    /** Removes at most so many of the samples that begin before an instant; returns how many. */
    int deleteBefore(Tx tx, Instant cutoff, int limit);

    /** Removes an owner's samples; returns how many. */
    int erase(Tx tx, Owner owner);
}
