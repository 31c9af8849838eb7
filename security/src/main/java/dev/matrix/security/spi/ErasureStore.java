package dev.matrix.security.spi;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which persons were erased, or are to be. The rows stay, so that erasures can be repeated after a backup was restored. */
public interface ErasureStore {

    /** Adds or replaces the row of a pseudonym. */
    void put(Tx tx, ErasureRow row);

    /** The row of a pseudonym. */
    Optional<ErasureRow> find(Tx tx, String pseudonym);

    /** Rows in the order of their pseudonyms; the cursor is one. */
    Page<ErasureRow> page(Tx tx, PageRequest page);

    /** Rows that aren't DONE, the oldest first. */
    List<ErasureRow> open(Tx tx, int limit);

    /**
     * An erasure.
     *
     * @param at store time of the erasure, or of when it was asked for
     * @param holdId the hold that defers it; null: none does
     */
    record ErasureRow(
            String pseudonym,
            State state,
            Instant at,
            @Nullable String holdId) {}

    /** Life of an erasure, in this order. */
    enum State {
        /** A hold keeps the person's key. */
        DEFERRED,
        /** The key is destroyed; clear ids beside bodies are still being blanked, also those that commit late. */
        BLANKING,
        /** Nothing in the clear is left. */
        DONE
    }
}
