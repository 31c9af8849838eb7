package dev.matrix.refunds.spi;

import dev.matrix.core.money.Money;

/**
 * Who holds the keys of an address and pays out of it, such as a custodian's API. Thread-safe, called outside transactions. It keeps
 * what {@link RefundProvider} asks: one own reference pays once at most, and what isn't known is {@link ProviderResult.Unknown}.
 */
public interface PayoutCustody {

    /**
     * A payment to make.
     *
     * @param ownReference the leg's id, by which it is found again; the same at every attempt
     * @param network such as {@code tron}
     * @param address validated for that network
     * @param amount exact
     */
    record PayoutOrder(String ownReference, String network, String address, Money amount) {}

    /** Sends a payment, once per own reference. */
    ProviderResult send(PayoutOrder order, ProviderContext context);

    /** Finds a payment by its own reference, or by the custodian's where that alone is known; it never makes one. */
    LookupResult find(RefundProbe probe, ProviderContext context);
}
