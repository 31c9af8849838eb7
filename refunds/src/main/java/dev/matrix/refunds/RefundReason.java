package dev.matrix.refunds;

/** Why money is returned. */
public enum RefundReason {
    CUSTOMER_REQUEST,
    DUPLICATE,
    FRAUDULENT,
    BILLING_ERROR,
    SERVICE_FAILURE,
    SLA_CREDIT,
    PLAN_CHANGE,
    GOODWILL,
    /** Anything else; the request needs a note. */
    OTHER
}
