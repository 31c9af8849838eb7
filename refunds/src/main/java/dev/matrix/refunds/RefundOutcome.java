package dev.matrix.refunds;

import dev.matrix.core.money.Money;

/** What a request to refund came to. */
public sealed interface RefundOutcome {

    /**
     * The amount is reserved, and the refund goes its way.
     *
     * @param replayed whether an earlier request with the same key made it
     */
    record Accepted(Refund refund, boolean replayed) implements RefundOutcome {}

    /**
     * Nothing was written.
     *
     * @param refundable what is left of the payment
     */
    record Refused(RefusalCode code, String message, Money refundable) implements RefundOutcome {}
}
