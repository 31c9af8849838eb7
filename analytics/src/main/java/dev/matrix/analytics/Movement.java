package dev.matrix.analytics;

/** Why MRR changed from the start of a bucket to its end, customer by customer. */
public enum Movement {
    /** The customer pays for the first time, or again after more than the policy's reactivation window. */
    NEW,
    /** The customer had churned and pays again. */
    REACTIVATION,
    /** The customer stayed and pays more. */
    EXPANSION,
    /** The customer stayed and pays less. */
    CONTRACTION,
    /** The customer pays nothing any more. */
    CHURN,
    /** Exchange rates changed; only in reports in one currency. */
    FX,
    /** Went from one group to another, such as from a plan to the next; sums to zero over all groups. */
    TRANSFER
}
