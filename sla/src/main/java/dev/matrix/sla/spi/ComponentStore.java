package dev.matrix.sla.spi;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Components' states, and the probes that find them out. */
public interface ComponentStore {

    /**
     * A probe.
     *
     * @param target without its headers
     * @param sealedHeaders encrypted; empty: none
     * @param run the counters of its run
     * @param token raised by each claim
     * @param leaseUntil until when its claim holds; null: it isn't claimed
     */
    record ProbeRow(
            String id,
            String component,
            String target,
            byte[] sealedHeaders,
            String run,
            Instant nextDue,
            long token,
            @Nullable Instant leaseUntil) {}

    /** A state that began at an instant and holds until the next one. */
    record ChangeRow(String component, Instant at, String state) {}

    /** Adds a probe unless its component has one; then returns false. */
    boolean insert(Tx tx, ProbeRow probe);

    /** Deletes a probe. */
    boolean delete(Tx tx, String id);

    Optional<ProbeRow> find(Tx tx, String id);

    /** The probe of a component, its row locked to the transaction's end. */
    Optional<ProbeRow> lock(Tx tx, String component);

    Page<ProbeRow> page(Tx tx, PageRequest page);

    /**
     * Claims up to {@code limit} probes that are due and not claimed at {@code now}, raising their tokens: each for one caller.
     * Rows that another transaction has locked are passed over.
     */
    List<ProbeRow> claimDue(Tx tx, Instant now, int limit, Duration lease);

    /** Writes headers, run, next due time and the end of the lease if the token is still the newest; else changes nothing. */
    boolean save(Tx tx, ProbeRow probe);

    /** Adds or replaces a state, and deletes those of its component that began later. */
    void change(Tx tx, ChangeRow change);

    /** The states of these components in order: all that began from an instant on, and the one before. */
    List<ChangeRow> changes(Tx tx, Collection<String> components, Instant from);

    /** A summary of all states, as text: whoever keeps a copy reads it again when the summary differs. */
    String version(Tx tx);
}
