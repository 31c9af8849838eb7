package dev.matrix.sla;

/** How an issued credit reaches the customer. */
public enum Settlement {
    NEXT_INVOICE,
    /** The subscription has ended: there is no next invoice. */
    REFUND
}
