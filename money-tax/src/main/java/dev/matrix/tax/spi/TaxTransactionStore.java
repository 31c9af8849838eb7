package dev.matrix.tax.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.TaxId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Committed taxes and their sums. Commits stay for ever. */
public interface TaxTransactionStore {

    /**
     * A transaction as stored.
     *
     * @param owner the buyer; {@code platform()} where it is no owner
     * @param json its calculation
     */
    record TransactionRow(
            String id, String sellerId, Owner owner, String reference, Instant committedAt, String json) {}

    /**
     * What its components have in common.
     *
     * @param reliedOn the tax ids that a business showed
     */
    record Heading(String sellerId, LocalDate taxDate, int sign, String currency, Set<TaxId> reliedOn) {

        public Heading {
            reliedOn = Set.copyOf(reliedOn);
        }
    }

    /** A sum of what is left after reversals; credit notes are taken off. */
    record SumRow(
            String jurisdiction,
            String type,
            @Nullable BigDecimal rate,
            String reason,
            @Nullable String category,
            String currency,
            BigDecimal base,
            BigDecimal tax) {}

    /** Adds a transaction with its components; false, and nothing is written, where its seller's reference is taken. */
    boolean insert(Tx tx, TransactionRow row, Heading heading, List<ComponentRow> components);

    Optional<TransactionRow> find(Tx tx, String id);

    Optional<TransactionRow> findByReference(Tx tx, String sellerId, String reference);

    /**
     * A seller's transactions, in the order of ids.
     *
     * @param owner whose; null: all
     */
    Page<TransactionRow> page(Tx tx, String sellerId, @Nullable Owner owner, PageRequest page);

    /** The ids of the transactions that relied on a tax id, the newest first. */
    List<String> relyingOn(Tx tx, TaxId id, int limit);

    /**
     * The components of a transaction by line and number; waits for others who hold them, and holds them until this
     * transaction ends.
     */
    List<ComponentRow> lock(Tx tx, String transactionId);

    /** Writes the reversed sums of components that {@link #lock} has returned. */
    void update(Tx tx, String transactionId, List<ComponentRow> components);

    /** Writes owner and calculation of a transaction that {@link #lock} holds; all else of it stays. */
    void replace(Tx tx, TransactionRow row);

    /** The sums of a seller's taxes by day range, both inclusive; lines themselves are left out. */
    List<SumRow> summary(Tx tx, String sellerId, LocalDate from, LocalDate to);
}
