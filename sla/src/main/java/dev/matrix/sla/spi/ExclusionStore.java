package dev.matrix.sla.spi;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Exclusions; a cancelled one is kept. */
public interface ExclusionStore {

    /** An exclusion; {@code json}: all of it. */
    record ExclusionRow(String id, Instant from, boolean cancelled, String json) {}

    void insert(Tx tx, ExclusionRow row);

    /** Cancels it; false if it isn't there or was cancelled. */
    boolean cancel(Tx tx, String id);

    Optional<ExclusionRow> find(Tx tx, String id);

    /** Those that aren't cancelled, in the order of ids. */
    List<ExclusionRow> inForce(Tx tx);

    /** All, in the order of ids. */
    Page<ExclusionRow> page(Tx tx, PageRequest page);

    /** Rows and cancelled rows, counted: whoever keeps a copy reads it again when the number has risen. */
    long version(Tx tx);
}
