package dev.matrix.refunds.spi;

/** What a fetch of a dispute found. */
public sealed interface DisputeLookup {

    /** The dispute as it is now. */
    record Found(DisputeFacts facts) implements DisputeLookup {}

    /** The provider answered that there is no such dispute. */
    record Absent() implements DisputeLookup {}

    /** There was no answer, or an unreadable one. */
    record Unavailable(String cause) implements DisputeLookup {}
}
