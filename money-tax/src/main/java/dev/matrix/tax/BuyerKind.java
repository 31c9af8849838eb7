package dev.matrix.tax;

/** What a buyer says to be; whether a business is believed is decided by rule TD6. */
public enum BuyerKind {
    BUSINESS,
    CONSUMER
}
