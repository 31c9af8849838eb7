package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * One customer's month as examples: two seats at 50.00 with 19 % tax, 119.00 paid by card, half of it refunded, the rest
 * disputed.
 */
final class BillingExamples {

    static final Owner OWNER = Owner.user("u_42");
    static final Instant AT = Instant.parse("2026-11-01T09:30:00Z");
    static final Period NOVEMBER = new Period(
            Instant.parse("2026-10-31T23:00:00Z"), Instant.parse("2026-11-30T23:00:00Z"), ZoneId.of("Europe/Berlin"));
    static final String SUBSCRIPTION = "sub_7";
    static final String INVOICE = "inv_1001";
    static final String PAYMENT = "pay_1";

    private BillingExamples() {}

    static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    static SubscriptionCreated subscriptionCreated() {
        return new SubscriptionCreated(SUBSCRIPTION, OWNER, state(SubscriptionStatus.ACTIVE, 2, 1));
    }

    static SubscriptionUpdated subscriptionUpdated() {
        return new SubscriptionUpdated(
                SUBSCRIPTION, OWNER, state(SubscriptionStatus.ACTIVE, 5, 2), state(SubscriptionStatus.ACTIVE, 2, 1));
    }

    static SubscriptionCancelled subscriptionCancelled() {
        return new SubscriptionCancelled(
                SUBSCRIPTION, OWNER, state(SubscriptionStatus.ACTIVE, 5, 3), "too_expensive", AT, NOVEMBER.end());
    }

    private static SubscriptionState state(SubscriptionStatus status, long seats, long sequence) {
        SubscriptionItem item = SubscriptionItem.of("si_1", "pro", eur("50.00"), BillingInterval.monthly(), seats);
        return SubscriptionState.builder(status, List.of(item), NOVEMBER, AT)
                .tier("pro")
                .sequence(sequence)
                .build();
    }

    static InvoiceCreated invoiceCreated() {
        return InvoiceCreated.builder()
                .id(INVOICE)
                .owner(OWNER)
                .number("2026-1001")
                .subscriptionId(SUBSCRIPTION)
                .lines(lines())
                .subtotal(eur("100.00"))
                .tax(eur("19.00"))
                .total(eur("119.00"))
                .issuedAt(AT)
                .dueAt(Instant.parse("2026-11-15T09:30:00Z"))
                .taxReference("ttx_1")
                .build();
    }

    static InvoicePaid invoicePaid() {
        return InvoicePaid.builder(INVOICE, OWNER, "2026-1001", eur("119.00"), AT.plusSeconds(60))
                .subscriptionId(SUBSCRIPTION)
                .lines(lines())
                .subtotal(eur("100.00"))
                .tax(eur("19.00"))
                .issuedAt(AT)
                .taxReference("ttx_1")
                .paymentId(PAYMENT)
                .build();
    }

    static InvoiceFailed invoiceFailed() {
        return InvoiceFailed.builder()
                .id(INVOICE)
                .owner(OWNER)
                .number("2026-1001")
                .subscriptionId(SUBSCRIPTION)
                .amountDue(eur("119.00"))
                .attempt(1)
                .code("card_declined")
                .nextAttemptAt(AT.plusSeconds(86_400))
                .build();
    }

    static PaymentSucceeded paymentSucceeded() {
        return PaymentSucceeded.builder(PAYMENT, OWNER, eur("119.00"), PaymentMethod.CARD, AT)
                .tax(eur("19.00"))
                .provider("stripe")
                .providerRef("ch_3Px")
                .captureData(Map.of("charge", "ch_3Px"))
                .invoiceId(INVOICE)
                .subscriptionId(SUBSCRIPTION)
                .lines(lines())
                .fee(eur("2.03"))
                .taxReference("ttx_1")
                .build();
    }

    private static List<Line> lines() {
        return List.of(Line.builder("line_1", LineKind.RECURRING, eur("100.00"), eur("19.00"))
                .description("Pro, 2 seats")
                .plan("pro")
                .productCategory("digital.saas")
                .quantity(BigDecimal.valueOf(2))
                .period(NOVEMBER)
                .build());
    }

    static PaymentFailed paymentFailed() {
        return PaymentFailed.builder("pay_2", OWNER, eur("119.00"), "stripe", AT)
                .tax(eur("19.00"))
                .invoiceId(INVOICE)
                .subscriptionId(SUBSCRIPTION)
                .code("card_declined")
                .retryable(true)
                .build();
    }

    static PaymentRefunded paymentRefunded(EventType type) {
        boolean reversed = type.equals(EventTypes.PAYMENT_REFUND_REVERSED);
        return PaymentRefunded.builder()
                .id(PAYMENT)
                .owner(OWNER)
                .type(type)
                .refundId("ref_1")
                .legId("leg_1")
                .captureId("cap_1")
                .provider("stripe")
                .amount(eur("59.50"))
                .reason("customer_request")
                .refundedTotal(reversed ? eur("0.00") : eur("59.50"))
                .at(AT.plusSeconds(3_600))
                .providerRef("re_3Px")
                .tax(eur("9.50"))
                .lines(List.of(new RefundedLine("line_1", eur("59.50"), eur("9.50"))))
                .taxReference("ttx_1")
                .invoiceId(INVOICE)
                .subscriptionId(SUBSCRIPTION)
                .taxRefundedTotal(reversed ? eur("0.00") : eur("9.50"))
                .build();
    }

    static RefundChanged refundChanged(EventType type) {
        boolean requested = type.equals(EventTypes.REFUND_REQUESTED);
        boolean failed = type.equals(EventTypes.REFUND_FAILED);
        String to = requested ? "queued" : failed ? "failed" : "succeeded";
        RefundChanged.Builder refund = RefundChanged.builder()
                .id("ref_1")
                .owner(OWNER)
                .type(type)
                .paymentId(PAYMENT)
                .amount(eur("59.50"))
                .reason("customer_request")
                .to(to)
                .at(AT.plusSeconds(1_800))
                .tax(eur("9.50"));
        if (requested) {
            return refund.actor("agent_5").build();
        }
        refund.from("pending").legId("leg_1");
        return failed ? refund.code("expired_card").build() : refund.build();
    }

    static RefundAttention refundAttention() {
        return new RefundAttention("ref_1", OWNER, PAYMENT, "funding", AT.plusSeconds(3_600));
    }

    static AccountCreditChanged accountCreditChanged() {
        return new AccountCreditChanged(
                "crd_u_42", OWNER, eur("59.50"), eur("79.50"), "refund", "leg_1", AT.plusSeconds(3_600));
    }

    static DisputeChanged disputeChanged(EventType type) {
        boolean closed = type.equals(EventTypes.DISPUTE_CLOSED);
        return DisputeChanged.builder()
                .id("dsp_1")
                .owner(OWNER)
                .type(type)
                .paymentId(PAYMENT)
                .captureId("cap_1")
                .provider("stripe")
                .providerRef("dp_1Px")
                .stage("chargeback")
                .status(closed ? "won" : "needs_response")
                .amount(eur("59.50"))
                .tax(eur("9.50"))
                .withdrawn(eur("59.50"))
                .reinstated(closed ? eur("59.50") : eur("0.00"))
                .fee(eur("20.00"))
                .reason("product_not_received")
                .respondBy(closed ? null : Instant.parse("2026-11-20T23:59:59Z"))
                .at(AT.plusSeconds(86_400))
                .build();
    }
}
