package dev.matrix.tax.spi;

import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was reversed of committed taxes. */
public interface TaxReversalStore {

    /**
     * A reversal as stored.
     *
     * @param undoneBy the reversal that gave it back; null: it stands
     */
    record ReversalRow(
            String id,
            String transactionId,
            String sellerId,
            String reference,
            Instant reversedAt,
            @Nullable String undoneBy,
            String json) {}

    /** Adds a reversal; false, and nothing is written, where its seller's reference is taken. */
    boolean insert(Tx tx, ReversalRow row);

    Optional<ReversalRow> find(Tx tx, String sellerId, String reference);

    /** Of one transaction, in the order of ids. */
    List<ReversalRow> of(Tx tx, String transactionId);

    /** Marks a reversal undone; false where it is already. */
    boolean undo(Tx tx, String id, String undoneBy);
}
