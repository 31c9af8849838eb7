package dev.matrix.refunds;

/** What a request to cancel came to. */
public sealed interface CancelOutcome {

    /** Nothing was sent, and nothing will be. */
    record Cancelled(Refund refund) implements CancelOutcome {}

    /** The provider is asked; the refund is cancelled once a look-up shows it. */
    record Requested(Refund refund) implements CancelOutcome {}

    /** It can't be cancelled any more. */
    record TooLate(RefundStatus status) implements CancelOutcome {}
}
