package dev.matrix.refunds;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Payments that can be refunded. Thread-safe. Hosts record them here or publish {@code payment.succeeded}, which records them
 * in the same transaction.
 */
public interface RefundablePayments {

    /**
     * Records a payment; the same again changes nothing.
     *
     * @throws dev.matrix.core.ConflictException when the id was recorded with other content, or a capture belongs to another
     *     payment
     */
    RefundablePayment record(PaymentDraft payment);

    /** As {@link #record(PaymentDraft)}, in the caller's transaction. */
    RefundablePayment record(Tx tx, PaymentDraft payment);

    /**
     * Adds a capture to a payment without lines; the same again changes nothing.
     *
     * @throws dev.matrix.core.ConflictException when the capture belongs to another payment or is known with another amount,
     *     or the payment has lines or 100 captures
     */
    RefundablePayment addCapture(String paymentId, Capture capture);

    /** As {@link #addCapture(String, Capture)}, in the caller's transaction. */
    RefundablePayment addCapture(Tx tx, String paymentId, Capture capture);

    /** A payment. */
    Optional<RefundablePayment> find(String paymentId);

    /** As {@link #find(String)}, in the caller's transaction. */
    Optional<RefundablePayment> find(Tx tx, String paymentId);

    /** Payments in id order; {@code owner} null: everybody's. */
    Page<RefundablePayment> page(@Nullable Owner owner, PageRequest page);
}
