package dev.matrix.core.idempotency;

/** How a call ended that was to work once. */
public sealed interface IdempotentResult {

    /** The work was done now. */
    record Executed(StoredReply reply) implements IdempotentResult {}

    /** It had been done before; this is its reply, byte for byte. */
    record Replayed(StoredReply reply) implements IdempotentResult {}

    /** The key has been used for something else; nothing was done. Use a new key for each thing to be done. */
    record Reused() implements IdempotentResult {}

    /** Another call with this key is still at work after 5 seconds; nothing was done. Ask again later. */
    record InProgress() implements IdempotentResult {}
}
