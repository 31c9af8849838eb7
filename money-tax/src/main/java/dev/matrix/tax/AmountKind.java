package dev.matrix.tax;

/** Whether an amount is before tax or holds it. */
public enum AmountKind {
    /** Tax comes on top. */
    NET,
    /** Tax is inside. */
    GROSS
}
