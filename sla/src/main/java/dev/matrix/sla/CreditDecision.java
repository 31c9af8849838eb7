package dev.matrix.sla;

/** What an operator decides on a credit. */
public enum CreditDecision {
    /** A proposed credit is issued. */
    ISSUE,
    /** A proposed credit is not given. */
    DECLINE,
    /** An issued credit was paid out. */
    SETTLE
}
