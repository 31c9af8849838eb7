package dev.matrix.sla;

/** Who decides that a credit is issued. */
public enum CreditMode {
    /** It is issued when the period closes. */
    AUTOMATIC,
    /** An operator decides. */
    ON_REVIEW,
    /** The customer claims it in time. */
    ON_CLAIM
}
