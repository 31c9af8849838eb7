package dev.matrix.sla;

/** How the percentages of several missed objectives combine. */
public enum Combine {
    MAX,
    SUM
}
