package dev.matrix.refunds.spi;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.money.Money;
import dev.matrix.refunds.RefundQuote;
import dev.matrix.refunds.RefundRequest;
import dev.matrix.refunds.RefundablePayment;
import dev.matrix.refunds.RefusalCode;
import java.time.Duration;
import java.time.Instant;

/** Decides about a refund that is possible. Pure: it reads its arguments alone. Default: {@link #allowAll()}. */
@FunctionalInterface
public interface RefundPolicy {

    /**
     * Reviews one refund.
     *
     * @param payment as it is before the refund
     * @param quote what the refund would be
     * @param now store time
     */
    Verdict review(RefundablePayment payment, RefundRequest request, RefundQuote quote, Instant now);

    /** What a policy says. */
    sealed interface Verdict {

        /** The refund goes on. */
        record Approve() implements Verdict {}

        /** A person has to approve it first. */
        record NeedsApproval(String why) implements Verdict {}

        /** It is refused. */
        record Refuse(RefusalCode code, String message) implements Verdict {}
    }

    /** Approves everything. */
    static RefundPolicy allowAll() {
        return (payment, request, quote, now) -> new Verdict.Approve();
    }

    /** Everything needs a person's approval. */
    static RefundPolicy approvalAlways() {
        return (payment, request, quote, now) -> new Verdict.NeedsApproval("Every refund is approved by a person.");
    }

    /** A refund by which more than this of one payment would be returned needs approval; so does any other currency. */
    static RefundPolicy approvalAbove(Money most) {
        requireNonNull(most, "most");
        return (payment, request, quote, now) -> {
            boolean within = quote.amount().currency().equals(most.currency())
                    && payment.refunded()
                                    .plus(payment.reserved())
                                    .plus(quote.amount())
                                    .compareTo(most)
                            <= 0;
            return within ? new Verdict.Approve() : new Verdict.NeedsApproval("It goes above " + most + ".");
        };
    }

    /** Refuses what is asked for later than this after the payment. */
    static RefundPolicy window(Duration after) {
        requireNonNull(after, "after");
        return (payment, request, quote, now) -> now.isBefore(payment.paidAt().plus(after))
                ? new Verdict.Approve()
                : new Verdict.Refuse(
                        RefusalCode.WINDOW_EXPIRED, "Payments are refunded within " + after + " of the payment.");
    }

    /** Both must agree: the first refusal counts, then the first need of approval. */
    default RefundPolicy and(RefundPolicy other) {
        requireNonNull(other, "other");
        return (payment, request, quote, now) -> {
            Verdict mine = review(payment, request, quote, now);
            if (mine instanceof Verdict.Refuse) {
                return mine;
            }
            Verdict others = other.review(payment, request, quote, now);
            return others instanceof Verdict.Approve ? mine : others;
        };
    }
}
