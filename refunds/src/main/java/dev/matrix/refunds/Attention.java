package dev.matrix.refunds;

/** Why a person should look at a refund or a payment. */
public enum Attention {
    /** The engine can't go on by itself; see {@link Refunds#resolve}. */
    REVIEW,
    /** The provider refuses credentials or settings, or isn't registered on any node; retries go on. */
    CONFIGURATION,
    /** The merchant's balance at the provider doesn't cover it; retries go on. */
    FUNDING,
    /** More has been returned than was captured. */
    OVER_REFUNDED,
    /** Refunds and disputes together exceed what was captured. */
    EXPOSURE,
    /** Amounts don't fit: lines that don't make up the payment, or a provider that reports another amount. */
    AMOUNT_MISMATCH,
    /** A provider used a word for a status that isn't known. */
    UNRECOGNISED_STATUS
}
