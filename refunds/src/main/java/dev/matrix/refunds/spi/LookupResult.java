package dev.matrix.refunds.spi;

/** What a look-up found. */
public sealed interface LookupResult {

    /** The refund is there, in this state. */
    record Found(ProviderResult.Known state) implements LookupResult {}

    /** The provider answered that there is no such refund. */
    record Absent() implements LookupResult {}

    /** There was no answer, or an unreadable one. */
    record Unavailable(String cause) implements LookupResult {}
}
