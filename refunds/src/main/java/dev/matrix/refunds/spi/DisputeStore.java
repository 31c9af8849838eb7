package dev.matrix.refunds.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Disputes. Claims raise the fence; a write with an older fence changes nothing. Whoever writes holds the payment's lock. */
public interface DisputeStore {

    /**
     * A dispute.
     *
     * @param status in lower snake case
     * @param respondBy until when an answer is taken; null: none is
     * @param nextAt when something is due; null: nothing is. While a lease runs, its end
     * @param fence how often it was claimed
     * @param document the rest as JSON
     */
    record DisputeRow(
            String id,
            Owner owner,
            String paymentId,
            String provider,
            String disputeRef,
            String status,
            @Nullable Instant respondBy,
            @Nullable Instant nextAt,
            @Nullable Instant leaseUntil,
            long fence,
            String document,
            long version) {}

    /** Which disputes are wanted; null parts don't count. {@code dueBefore}: an answer is due before then. */
    record Filter(
            @Nullable Owner owner,
            @Nullable String paymentId,
            @Nullable String status,
            @Nullable Instant dueBefore) {}

    /** Adds a dispute; false, and nothing changes, where the provider's reference is known. */
    boolean insert(Tx tx, DisputeRow row);

    /** Reads a dispute. */
    Optional<DisputeRow> find(Tx tx, String id);

    /** The dispute of a provider's reference. */
    Optional<DisputeRow> byRef(Tx tx, String provider, String disputeRef);

    /** A payment's disputes in id order. */
    List<DisputeRow> ofPayment(Tx tx, String paymentId);

    /** Disputes in id order. */
    Page<DisputeRow> page(Tx tx, Filter filter, PageRequest page);

    /** Claims the dispute of a provider that has been due longest; passes over what another transaction has locked. */
    Optional<DisputeRow> claimDue(Tx tx, String provider, Instant now, Duration lease);

    /** Claims one dispute, due or not; empty where a lease runs or there is none. */
    Optional<DisputeRow> claim(Tx tx, String id, Instant now, Duration lease);

    /**
     * Replaces status, respondBy, nextAt, leaseUntil and document and raises the version by 1; false, and nothing changes, unless
     * fence and version are the row's.
     */
    boolean write(Tx tx, DisputeRow row);
}
