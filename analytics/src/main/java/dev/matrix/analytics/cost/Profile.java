package dev.matrix.analytics.cost;

/** How sure an analysis wants to be before it calls a machine idle or advises to commit. */
public enum Profile {
    CONSERVATIVE,
    STANDARD,
    AGGRESSIVE
}
