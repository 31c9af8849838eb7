package dev.matrix.money.spi;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.money.DateRange;
import dev.matrix.money.RateSnapshot;
import dev.matrix.money.RateStatus;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Snapshots with their rates. Of a series the newer observation is the one with the later day, then the later instant, then the
 * higher revision.
 */
public interface FxSnapshotStore {

    /**
     * Adds snapshots with all their rates.
     *
     * @throws dev.matrix.core.ConflictException if a (source, base, observedAt, revision) is taken; roll back then
     */
    void insert(Tx tx, List<RateSnapshot> snapshots);

    /** The snapshot of that id. */
    Optional<RateSnapshot> find(Tx tx, String id);

    /** Of each series the newest accepted snapshot within its bounds, in any order; a series without one is left out. One read. */
    List<RateSnapshot> newest(Tx tx, Collection<AsOf> wanted);

    /** The newest accepted snapshot within the bounds that quotes this currency; costs little where no observation ever did. */
    Optional<RateSnapshot> newestQuoting(Tx tx, AsOf wanted, String quote);

    /** Of each observation from one instant to another, both included, the highest revision, whatever its status. */
    List<RateSnapshot> revisions(Tx tx, Series series, Instant from, Instant to);

    /** The newest quarantined snapshot of a series. */
    Optional<RateSnapshot> quarantined(Tx tx, Series series);

    /** Ends the quarantine of a snapshot, accepted at {@code now} or rejected; false if it isn't (or no longer) QUARANTINED. */
    boolean decide(Tx tx, String id, RateStatus status, Instant now);

    /** What was accepted after an instant, by series. */
    List<Change> acceptedAfter(Tx tx, Instant instant);

    /** A source's snapshots of these days by day and id, whatever their status. The cursor is opaque. */
    Page<RateSnapshot> page(Tx tx, String source, DateRange days, PageRequest page);

    /**
     * Deletes at most {@code limit} snapshots from before a day that are not the last accepted of their series and day.
     *
     * @return how many
     */
    int thin(Tx tx, String source, LocalDate before, int limit);

    /**
     * What changed in a series.
     *
     * @param earliest the first day that has something newly accepted
     */
    record Change(Series series, LocalDate earliest) {}
}
