package dev.matrix.refunds.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
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
            long version) {

        /** This payment after its balances moved. */
        public PaymentRow after(BalanceChange change) {
            return new PaymentRow(
                    id,
                    owner,
                    currency,
                    captured.add(change.captured()),
                    refunded.add(change.refunded()),
                    reserved.add(change.reserved()),
                    disputed.add(change.disputed()),
                    tax,
                    taxAllocated.add(change.taxAllocated()),
                    subscriptionId,
                    paidAt,
                    attention,
                    document,
                    version + 1);
        }

        /** This payment described anew. */
        public PaymentRow described(String flags, String json) {
            return new PaymentRow(
                    id,
                    owner,
                    currency,
                    captured,
                    refunded,
                    reserved,
                    disputed,
                    tax,
                    taxAllocated,
                    subscriptionId,
                    paidAt,
                    flags,
                    json,
                    version + 1);
        }

        /** What is left to refund; below zero where more than was captured is refunded, reserved and disputed. */
        public BigDecimal left() {
            return captured.subtract(refunded).subtract(reserved).subtract(disputed);
        }
    }

    /**
     * By how much balances move; each may be negative. Starts with {@link #none()}.
     *
     * @param guarded whether it may only be made where nothing is left below zero after it
     */
    record BalanceChange(
            BigDecimal captured,
            BigDecimal refunded,
            BigDecimal reserved,
            BigDecimal disputed,
            BigDecimal taxAllocated,
            boolean guarded) {

        private static final BalanceChange NONE = new BalanceChange(
                BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, false);

        /** Nothing moves. */
        public static BalanceChange none() {
            return NONE;
        }

        /** A reservation with its tax, made only where so much is left. */
        public static BalanceChange reservation(BigDecimal amount, BigDecimal tax) {
            return new BalanceChange(BigDecimal.ZERO, BigDecimal.ZERO, amount, BigDecimal.ZERO, tax, true);
        }

        /** This, and more is captured. */
        public BalanceChange capture(BigDecimal amount) {
            return new BalanceChange(captured.add(amount), refunded, reserved, disputed, taxAllocated, guarded);
        }

        /** This, and refunded and reserved move. */
        public BalanceChange refund(BigDecimal ofRefunded, BigDecimal ofReserved, BigDecimal ofTax) {
            return new BalanceChange(
                    captured,
                    refunded.add(ofRefunded),
                    reserved.add(ofReserved),
                    disputed,
                    taxAllocated.add(ofTax),
                    guarded);
        }

        /** This, and what disputes hold moves. */
        public BalanceChange dispute(BigDecimal amount) {
            return new BalanceChange(captured, refunded, reserved, disputed.add(amount), taxAllocated, guarded);
        }

        /** Whether nothing moves. */
        public boolean isNone() {
            return captured.signum() == 0
                    && refunded.signum() == 0
                    && reserved.signum() == 0
                    && disputed.signum() == 0
                    && taxAllocated.signum() == 0;
        }
    }

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
     * the change is guarded, captured − refunded − reserved − disputed stays at 0 or above; both are judged by the write
     * itself.
     */
    boolean apply(Tx tx, String id, long version, BalanceChange change);

    /** Replaces attention and document of a locked payment and raises the version by 1; false unless the version matches. */
    boolean describe(Tx tx, String id, long version, String attention, String document);

    /** An owner's payments of a subscription, those paid last first. */
    List<PaymentRow> ofSubscription(Tx tx, Owner owner, String subscriptionId, int limit);

    /** Payments in id order; {@code owner} null: everybody's. */
    Page<PaymentRow> page(Tx tx, @Nullable Owner owner, PageRequest page);
}
