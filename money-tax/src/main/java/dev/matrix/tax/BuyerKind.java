package dev.matrix.tax;

/** What a buyer says to be; whether a business is believed depends on its tax id and on {@link UncheckedIds}. */
public enum BuyerKind {
    BUSINESS,
    CONSUMER
}
