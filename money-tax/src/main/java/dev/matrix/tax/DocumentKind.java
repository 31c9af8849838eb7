package dev.matrix.tax;

/** What is being billed. */
public enum DocumentKind {
    /** No group's base may be negative. */
    INVOICE,
    /** Tax has its base's sign. */
    CREDIT_NOTE
}
