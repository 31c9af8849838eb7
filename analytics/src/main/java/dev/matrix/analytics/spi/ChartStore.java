package dev.matrix.analytics.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.Optional;

/** Saved charts. Rows are never changed. */
public interface ChartStore {

    /**
     * A saved chart.
     *
     * @param id {@code cht_…}
     * @param owner whose it is; the platform's own are those of all customers
     * @param spec JSON
     * @param expiresAt when it may be deleted; microseconds
     */
    record ChartRow(String id, Owner owner, String spec, Instant expiresAt) {}

    void insert(Tx tx, ChartRow row);

    /** The chart, unless it has expired. */
    Optional<ChartRow> find(Tx tx, String id, Instant now);

    /** How many charts of an owner haven't expired. */
    int count(Tx tx, Owner owner, Instant now);

    /** Deletes an owner's charts. */
    void deleteOwned(Tx tx, Owner owner);

    /** Deletes up to {@code limit} charts that have expired; returns how many. */
    int deleteExpired(Tx tx, Instant now, int limit);
}
