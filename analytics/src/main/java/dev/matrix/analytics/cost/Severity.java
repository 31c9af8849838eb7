package dev.matrix.analytics.cost;

/** How much a recommendation matters, from share and amount of its saving. */
public enum Severity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
