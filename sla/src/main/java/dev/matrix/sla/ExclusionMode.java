package dev.matrix.sla;

/** What happens to excluded minutes. */
public enum ExclusionMode {
    /** They and their requests leave every denominator. */
    EXCLUDE,
    /** They count as up, delivered and without errors. */
    COUNT_AS_UP
}
