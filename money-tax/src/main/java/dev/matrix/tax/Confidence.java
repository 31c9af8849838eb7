package dev.matrix.tax;

/** How sure a rule is. */
public enum Confidence {
    /** Found in its source. */
    SOLID,
    /** Rate, date or reading needs confirming: results that use it warn {@link Warning#RATE_UNCONFIRMED}. */
    CHECK
}
