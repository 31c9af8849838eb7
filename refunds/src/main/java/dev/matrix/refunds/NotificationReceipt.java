package dev.matrix.refunds;

/** How a provider's notification was received; see {@link Refunds#receive}. */
public sealed interface NotificationReceipt {

    /**
     * It is the provider's and is stored; what it names is looked up by a step.
     *
     * @param repeated whether it was stored before
     */
    record Verified(boolean repeated) implements NotificationReceipt {}

    /** It is not the provider's, or too old; nothing was stored. */
    record Rejected(String reason) implements NotificationReceipt {}

    /** It can't be verified now; the provider should send it again later. Nothing was stored. */
    record Unverifiable(String cause) implements NotificationReceipt {}
}
