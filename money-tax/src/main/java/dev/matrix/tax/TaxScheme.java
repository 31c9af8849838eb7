package dev.matrix.tax;

/** How a seller is registered. */
public enum TaxScheme {
    /** With the jurisdiction itself. */
    LOCAL,
    /** The EU's one-stop shop for sellers established in the EU; its jurisdiction is {@code EU}. */
    UNION_OSS,
    /** The EU's one-stop shop for sellers from outside; its jurisdiction is {@code EU}. */
    NON_UNION_OSS,
    /** A simplified registration of foreign sellers, as in Australia or Canada. */
    SIMPLIFIED
}
