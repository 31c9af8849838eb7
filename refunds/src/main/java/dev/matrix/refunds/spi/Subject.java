package dev.matrix.refunds.spi;

import org.jspecify.annotations.Nullable;

/**
 * What a provider's notification or feed names. It is looked up then: neither the notification's content nor the order in which
 * notifications arrive moves money.
 */
public sealed interface Subject {

    /**
     * A refund: settled, failed, or made outside of Matrix. At least one part is known.
     *
     * @param ownReference the reference that the refund carries, {@code rfl_…}; null: none
     * @param providerRef the provider's id of the refund
     * @param captureRef the provider's id of the capture; needed for refunds made outside
     */
    record RefundSubject(
            @Nullable String ownReference,
            @Nullable String providerRef,
            @Nullable String captureRef) implements Subject {}

    /**
     * A dispute: opened, changed or closed.
     *
     * @param disputeRef the provider's id of the dispute
     * @param captureRef the provider's id of the disputed capture; null: only a look-up tells
     */
    record DisputeSubject(String disputeRef, @Nullable String captureRef) implements Subject {}
}
