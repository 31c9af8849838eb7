package dev.matrix.analytics.spi;

/** What a fact measures. */
public enum FactKind {
    /** One use; quantity. */
    USAGE(1),
    /** Takes back, or adds to, what an earlier use said; quantity of either sign. */
    CORRECTION(2),
    /** A captured payment; amount net of tax. */
    PAYMENT(3),
    /** The tax of a captured payment; amount. */
    PAYMENT_TAX(4),
    /** An attempt to pay that failed. */
    PAYMENT_FAILED(5),
    /** A settled leg of a refund; amount net of tax. */
    REFUND(6),
    /** A leg whose money came back; amount net of tax. */
    REFUND_REVERSED(7),
    /** A dispute was opened; amount net of tax. */
    DISPUTE(8),
    /** A dispute was lost or accepted, for the first time; amount net of tax. */
    DISPUTE_LOST(9),
    /** A dispute was said to be won; counts for nothing by itself. */
    DISPUTE_WON(10),
    /** A dispute that had been lost was won on appeal; amount net of tax. */
    DISPUTE_REVERSED(11),
    /** A final invoice; amount net of tax, credit lines included. */
    INVOICE(12),
    /** The metered lines of an invoice; amount net of tax. */
    METERED(13),
    /** An invoice was paid; quantity in days since it was issued. */
    INVOICE_PAID(14),
    /** The first attempt to collect an invoice that failed. */
    INVOICE_FAILED(15),
    /** A service level was missed. */
    BREACH(16),
    /** A breach was withdrawn. */
    BREACH_WITHDRAWN(17),
    /** An instance runs from here on. */
    INSTANCE_RUNNING(18),
    /** An instance doesn't run from here on. */
    INSTANCE_STOPPED(19);

    private final int code;

    FactKind(int code) {
        this.code = code;
    }

    /** The number that stores keep; never given to another kind. */
    public int code() {
        return code;
    }

    /** The kind of a stored number. */
    public static FactKind of(int code) {
        for (FactKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalArgumentException("No kind of fact has the number " + code + ".");
    }
}
