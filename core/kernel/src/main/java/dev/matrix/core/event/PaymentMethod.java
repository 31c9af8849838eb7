package dev.matrix.core.event;

/** How a payment was made. */
public enum PaymentMethod {
    CARD,
    BANK,
    WALLET,
    CRYPTO,
    ACCOUNT_CREDIT,
    OTHER
}
