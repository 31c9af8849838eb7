package dev.matrix.refunds;

/** What a line of a payment charges for; recurring lines alone are prorated. */
public enum PriceKind {
    RECURRING,
    USAGE,
    ONE_TIME
}
