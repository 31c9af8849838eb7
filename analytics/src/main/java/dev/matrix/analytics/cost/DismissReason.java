package dev.matrix.analytics.cost;

/** Why somebody doesn't follow a recommendation. */
public enum DismissReason {
    NOT_APPLICABLE,
    TOO_RISKY,
    TOO_MUCH_EFFORT,
    PLANNED_OTHERWISE,
    OTHER
}
