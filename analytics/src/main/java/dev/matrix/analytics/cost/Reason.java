package dev.matrix.analytics.cost;

/** Why something was not judged. */
public enum Reason {
    /** Too little is known of it yet. */
    INSUFFICIENT_DATA,
    /** A metric that its kind must have is missing; that is not a 0. */
    MISSING_METRIC,
    /** Something of it has no price; that is not the price 0. */
    NO_PRICE,
    /** No rate of exchange leads to the currency that severities are measured in. */
    NO_RATE,
    /** The host wants it left alone. */
    EXCLUDED,
    /** What is known is too old. */
    STALE,
    /** A limit, a feature, a contract or a term forbids the change. */
    CONSTRAINT,
    /** It is too small for its load, so nothing can be saved on it. */
    UNDERSIZED,
    /** A rule promised more than the subject costs, or failed. */
    INVALID_SAVING
}
