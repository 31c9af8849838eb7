package dev.matrix.analytics.cost;

/** What it takes to follow a recommendation. */
public enum Effort {
    /** A setting. */
    LOW,
    /** A restart, or a change of code. */
    MEDIUM,
    /** A migration or a contract. */
    HIGH
}
