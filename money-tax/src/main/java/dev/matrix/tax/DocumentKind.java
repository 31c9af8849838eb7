package dev.matrix.tax;

/** What is being billed. */
public enum DocumentKind {
    /** No group's base may be negative (TA6). */
    INVOICE,
    /** Tax has its base's sign (TA6). */
    CREDIT_NOTE
}
