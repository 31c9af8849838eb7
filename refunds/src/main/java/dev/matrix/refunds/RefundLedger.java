package dev.matrix.refunds;

import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The append-only ledger of refunds. Thread-safe. The amounts of one source and kind are zero in sum per currency; what leaves
 * the merchant is positive at {@link Account#PROVIDER_BALANCE}.
 */
public interface RefundLedger {

    /** What is posted to. */
    enum Account {
        /** What was returned, net of tax. */
        REFUNDS,
        /** The tax of what was returned. */
        TAX,
        /** The merchant's balance at the provider. */
        PROVIDER_BALANCE,
        /** Between the captured currency and the one that the provider settles in. */
        EXCHANGE,
        /** What the exchange rates' movement since the capture won, or lost if negative. */
        EXCHANGE_RESULT,
        /** What providers charge for refunds. */
        PROVIDER_FEES,
        /** What disputes took. */
        DISPUTES,
        /** What customers have to their credit. */
        ACCOUNT_CREDIT
    }

    /**
     * One side of a posting.
     *
     * @param source the leg's or the dispute's id
     * @param kind of a leg {@code settled}, {@code fee}, {@code fee_returned} or {@code reversed}; of a dispute {@code disputed} or
     *     {@code fee}, with its version
     * @param refundId null: it is a dispute's
     */
    record Posting(
            String source,
            String kind,
            Account account,
            Money amount,
            @Nullable String refundId,
            Instant at) {}

    /** The postings of a payment's refunds, by source, kind and account. */
    List<Posting> ofPayment(String paymentId);

    /** As {@link #ofPayment(String)}, in the caller's transaction. */
    List<Posting> ofPayment(Tx tx, String paymentId);
}
