package dev.matrix.refunds.spi;

/** Why a provider said no. */
public enum DeclineCode {
    AMOUNT_TOO_LARGE,
    AMOUNT_TOO_SMALL,
    ALREADY_REFUNDED,
    WINDOW_EXPIRED,
    CURRENCY_MISMATCH,
    DISPUTED,
    NOT_REFUNDABLE,
    INSUFFICIENT_BALANCE,
    DESTINATION_INVALID,
    DESTINATION_CLOSED,
    EXECUTION_REVERTED,
    CANCELLED,
    /** Any other reason. */
    REJECTED
}
