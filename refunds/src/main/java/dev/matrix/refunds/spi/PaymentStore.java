package dev.matrix.refunds.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Payments with what is left of them. Amounts are decimals of the row's currency. */
public interface PaymentStore {

    /**
     * A payment.
     *
     * @param currency the code of every amount
     * @param document the rest as JSON
     * @param attention names of {@link dev.matrix.refunds.Attention}, joined by commas; empty: none
     */
    record PaymentRow(
            String id,
            Owner owner,
            String currency,
            BigDecimal captured,
            BigDecimal refunded,
            BigDecimal reserved,
            BigDecimal disputed,
            BigDecimal tax,
            BigDecimal taxAllocated,
            @Nullable String subscriptionId,
            Instant paidAt,
            String attention,
            String document,
            long version) {}

    /** By how much balances move; each may be negative. */
    record BalanceChange(BigDecimal captured, BigDecimal refunded, BigDecimal reserved, BigDecimal taxAllocated) {}

    /** Adds a payment; false, and nothing changes, where its id is taken. Waits for another transaction that adds the same id. */
    boolean insert(Tx tx, PaymentRow row);

    /** Notes that a payment has a capture; false where that provider's reference belongs to a payment already. */
    boolean addCapture(Tx tx, String provider, String ref, String paymentId);

    /** Which payment has that capture. */
    Optional<String> paymentOf(Tx tx, String provider, String ref);

    /** Reads a payment. */
    Optional<PaymentRow> find(Tx tx, String id);

    /** Reads a payment and locks its row to the transaction's end, so that whatever decides about it takes turns. */
    Optional<PaymentRow> lock(Tx tx, String id);

    /**
     * Moves balances and raises the version by 1. It changes nothing and returns false unless the version matches and, where
     * {@code reserved} rises, captured − refunded − reserved − disputed stays at 0 or above; both are judged by the write
     * itself.
     */
    boolean apply(Tx tx, String id, long version, BalanceChange change);

    /** Replaces attention and document of a locked payment and raises the version by 1; false unless the version matches. */
    boolean describe(Tx tx, String id, long version, String attention, String document);

    /** Payments in id order; {@code owner} null: everybody's. */
    Page<PaymentRow> page(Tx tx, @Nullable Owner owner, PageRequest page);
}
