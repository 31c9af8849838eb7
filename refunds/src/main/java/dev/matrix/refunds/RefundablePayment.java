package dev.matrix.refunds;

import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A payment with what is left of it. Amounts are in the captured currency.
 *
 * @param refunded what was paid back
 * @param reserved what refunds have taken that aren't over; it may have been paid
 * @param disputed what disputes hold back
 * @param taxAllocated the part of the tax that refunds have taken
 * @param attention why a person should look at it
 */
public record RefundablePayment(
        String id,
        Owner owner,
        String provider,
        Money captured,
        Money refunded,
        Money reserved,
        Money disputed,
        Money tax,
        Money taxAllocated,
        List<Capture> captures,
        List<PaymentLine> lines,
        @Nullable ServicePeriod period,
        @Nullable String taxReference,
        @Nullable String invoiceId,
        @Nullable String subscriptionId,
        Instant paidAt,
        Set<Attention> attention,
        long version) {

    public RefundablePayment {
        captures = List.copyOf(captures);
        lines = List.copyOf(lines);
        attention = Set.copyOf(attention);
    }

    /** What can still be refunded: captured without refunded, reserved and disputed, and never below zero. */
    public Money refundable() {
        return captured.minus(refunded).minus(reserved).minus(disputed).max(Money.zero(captured.currency()));
    }
}
