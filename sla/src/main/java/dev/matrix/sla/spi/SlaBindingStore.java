package dev.matrix.sla.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Subscriptions, their bindings, and the snapshots that events brought of them. */
public interface SlaBindingStore {

    /**
     * A subscription that was ever bound.
     *
     * @param series its number in counts, never used again
     * @param version raised by every change of its bindings and of {@code closedTo}
     * @param closedTo the first minute since 1970 that no statement covers; null: none was made
     */
    record SubscriptionRow(
            String id,
            long series,
            Owner owner,
            long version,
            @Nullable Long closedTo) {}

    /**
     * A binding.
     *
     * @param origin who made it: {@code host} or {@code event}
     * @param json the binding
     */
    record BindingRow(String subscription, int seq, String origin, String json) {}

    /** A snapshot of a subscription; {@code json} is its state. */
    record SnapshotRow(String subscription, Instant effectiveAt, long sequence, String eventId, String json) {}

    /** A subscription with its bindings, by {@code seq}. */
    record Bound(SubscriptionRow subscription, List<BindingRow> bindings) {}

    /** Adds the subscription unless it is there, and locks its row to the transaction's end; returns the row as it then is. */
    SubscriptionRow lock(Tx tx, String subscription, Owner owner);

    /**
     * Replaces all bindings of a locked subscription and where it is closed to, raising its version.
     *
     * @param bindings in the order of {@code seq}
     */
    void replace(Tx tx, SubscriptionRow locked, List<BindingRow> bindings);

    Optional<Bound> find(Tx tx, String subscription);

    /** Subscriptions with their bindings in the order of ids; {@code owner} null: of all. */
    Page<Bound> page(Tx tx, @Nullable Owner owner, PageRequest page);

    /** The sum of all versions: whoever keeps a copy reads it again when the sum has risen. */
    long version(Tx tx);

    /** Keeps a snapshot unless it is there. */
    void keep(Tx tx, SnapshotRow snapshot);

    /** A subscription's snapshots by effectiveAt, sequence and event id. */
    List<SnapshotRow> snapshots(Tx tx, String subscription);

    /** Replaces an owner in all rows. */
    int rename(Tx tx, Owner owner, Owner pseudonym);
}
