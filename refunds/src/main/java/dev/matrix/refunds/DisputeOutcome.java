package dev.matrix.refunds;

/** What became of an answer to a dispute. */
public sealed interface DisputeOutcome {

    /** The provider took it. */
    record Taken(Dispute dispute) implements DisputeOutcome {}

    /** It was not sent, or the provider said no; the message says why. */
    record Refused(String message) implements DisputeOutcome {}

    /** Nobody knows whether it arrived; the dispute is fetched, which tells, before another is sent. */
    record Unknown(Dispute dispute) implements DisputeOutcome {}
}
