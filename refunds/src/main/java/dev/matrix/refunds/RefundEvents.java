package dev.matrix.refunds;

import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.PaymentRefunded;
import dev.matrix.core.event.payload.RefundAttention;
import dev.matrix.core.event.payload.RefundChanged;
import dev.matrix.core.event.payload.RefundedLine;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.RefundStore.RefundRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Publishes what happens to refunds, in the transaction that makes it happen. */
record RefundEvents(EventLog log, Forms forms) {

    void requested(Tx tx, RefundRow refund, RefundRequest request, Instant now) {
        log.publish(
                tx,
                changed(refund, EventTypes.REFUND_REQUESTED, refund.status(), now)
                        .actor(request.requestedBy())
                        .build());
    }

    void statusChanged(
            Tx tx, RefundRow refund, String from, @Nullable String legId, @Nullable String actor, Instant now) {
        log.publish(
                tx,
                changed(refund, EventTypes.REFUND_STATUS_CHANGED, refund.status(), now)
                        .from(from)
                        .actor(actor)
                        .legId(legId)
                        .build());
    }

    void failed(Tx tx, RefundRow refund, Leg leg, @Nullable String code, Instant now) {
        log.publish(
                tx,
                changed(refund, EventTypes.REFUND_FAILED, refund.status(), now)
                        .legId(leg.id())
                        .code(code)
                        .build());
    }

    private RefundChanged.Builder changed(RefundRow refund, EventType type, String to, Instant now) {
        return RefundChanged.builder()
                .id(refund.id())
                .owner(refund.owner())
                .type(type)
                .paymentId(refund.paymentId())
                .amount(forms.money(refund.amount(), refund.currency()))
                .reason(refund.reason())
                .to(to)
                .at(now)
                .tax(forms.money(refund.tax(), refund.currency()));
    }

    void attention(Tx tx, RefundRow refund, Attention attention, Instant now) {
        log.publish(
                tx, new RefundAttention(refund.id(), Owner.platform(), refund.paymentId(), Forms.word(attention), now));
    }

    void attention(Tx tx, String paymentId, Attention attention, Instant now) {
        log.publish(tx, new RefundAttention(paymentId, Owner.platform(), paymentId, Forms.word(attention), now));
    }

    /** A leg was paid, or that money came back; {@code legs} are all of the payment's, after it. */
    void moved(
            Tx tx,
            RefundablePayment payment,
            RefundRow refund,
            Leg leg,
            List<Leg> legs,
            @Nullable String ref,
            LegDocument document,
            boolean reversed,
            Instant now) {
        Money taxed = legs.stream()
                .filter(one -> one.status() == LegStatus.SUCCEEDED)
                .map(Leg::tax)
                .collect(Money.summing(leg.amount().currency()));
        PaymentRefunded event = PaymentRefunded.builder()
                .id(payment.id())
                .owner(payment.owner())
                .type(reversed ? EventTypes.PAYMENT_REFUND_REVERSED : EventTypes.PAYMENT_REFUNDED)
                .refundId(refund.id())
                .legId(leg.id())
                .captureId(leg.row().captureId())
                .provider(leg.row().provider())
                .amount(leg.amount())
                .reason(refund.reason())
                .refundedTotal(payment.refunded())
                .at(now)
                .providerRef(ref)
                .tax(leg.tax())
                .lines(document.lines().stream()
                        .map(line -> new RefundedLine(line.lineId(), line.amount(), line.tax()))
                        .toList())
                .taxReference(payment.taxReference())
                .invoiceId(payment.invoiceId())
                .subscriptionId(payment.subscriptionId())
                .taxRefundedTotal(taxed)
                .full(payment.refunded().compareTo(payment.captured()) >= 0)
                .settled(document.settled())
                .code(document.code())
                .build();
        String key = "matrix:" + leg.id() + (reversed ? ".reversed" : ".refunded");
        log.publish(tx, BillingEvent.of(event).at(now).withKey(key));
    }
}
