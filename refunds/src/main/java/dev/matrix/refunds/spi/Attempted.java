package dev.matrix.refunds.spi;

/** Why a refund is proven not to have happened. */
public enum Attempted {
    /** No byte of the request left. */
    NOT_SENT,
    /** The provider asks to be called less often. */
    RATE_LIMITED,
    /** Credentials or settings are wrong; a person has to mend them, and retries go on. */
    CONFIGURATION,
    /** The merchant's balance doesn't cover it; retries go on. */
    FUNDING,
    /** Sending it now would cost more than is allowed. */
    FEE_ABOVE_CAP
}
