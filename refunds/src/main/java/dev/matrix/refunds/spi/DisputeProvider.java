package dev.matrix.refunds.spi;

import dev.matrix.core.money.Money;
import dev.matrix.refunds.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * Reads and answers a provider's disputes; what {@link RefundProvider#disputes()} gives. Thread-safe, called outside
 * transactions, one call of one dispute at a time.
 */
public interface DisputeProvider {

    /** Reads a dispute as it is now; it changes nothing. */
    DisputeLookup fetch(String disputeRef, ProviderContext context);

    /** Answers with evidence. A timeout, a reset, a status of 5xx and an unreadable body are {@link DisputeResult.Unknown}. */
    DisputeResult submitEvidence(DisputeCommand command, Evidence evidence, ProviderContext context);

    /** Accepts the dispute: the customer keeps the money. */
    DisputeResult accept(DisputeCommand command, ProviderContext context);

    /** Offers the customer a part; called only where the provider lists it among a dispute's actions. */
    default DisputeResult offer(DisputeCommand command, Money amount, ProviderContext context) {
        return new DisputeResult.Declined("This provider takes no offers.");
    }

    /** Whether evidence can be submitted once alone at each stage; true by default. */
    default boolean oneSubmission() {
        return true;
    }

    /**
     * Which dispute to answer.
     *
     * @param idempotencyKey the same for the same answer
     * @param note for the customer or the bank; null: none
     */
    record DisputeCommand(
            String disputeRef,
            String idempotencyKey,
            @Nullable String note) {}
}
