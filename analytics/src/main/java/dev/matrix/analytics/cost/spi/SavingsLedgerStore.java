package dev.matrix.analytics.cost.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What applied recommendations really saved: a baseline each and, after it, entries that are only ever added. */
public interface SavingsLedgerStore {

    /** The state before a recommendation was applied. */
    record BaselineRow(String recommendationId, Owner owner, Instant appliedAt, String document) {}

    /**
     * One closed billing month after it.
     *
     * @param revision 1 at first; a bill that is restated adds the next one
     */
    record LedgerRow(String recommendationId, Owner owner, Instant periodStart, int revision, String document) {}

    /** Adds a baseline; false, and nothing changes, if the recommendation has one. */
    boolean insertBaseline(Tx tx, BaselineRow row);

    /** The baseline of an owner's recommendation. */
    Optional<BaselineRow> baseline(Tx tx, Owner owner, String recommendationId);

    /** The baselines of an owner, by recommendation. */
    List<BaselineRow> baselines(Tx tx, Owner owner);

    /** Adds an entry; false, and nothing changes, if month and revision are taken. */
    boolean append(Tx tx, LedgerRow row);

    /** The entries of an owner's recommendation, by month and revision. */
    List<LedgerRow> entries(Tx tx, Owner owner, String recommendationId);

    /** Removes an owner's rows; returns how many went. */
    int erase(Tx tx, Owner owner);
}
