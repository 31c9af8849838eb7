package dev.matrix.sla;

/** Why time is excluded. */
public enum ExclusionKind {
    /** Announced work; notice and a cap apply. */
    MAINTENANCE,
    /** A measurement was wrong; may be retroactive. */
    CORRECTION
}
