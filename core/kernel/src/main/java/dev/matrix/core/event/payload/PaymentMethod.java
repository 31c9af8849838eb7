package dev.matrix.core.event.payload;

/** How a payment was made. */
public enum PaymentMethod {
    CARD,
    BANK,
    WALLET,
    CRYPTO,
    ACCOUNT_CREDIT,
    OTHER
}
