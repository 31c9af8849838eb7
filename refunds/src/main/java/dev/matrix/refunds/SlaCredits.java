package dev.matrix.refunds;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.SlaCreditIssued;
import dev.matrix.core.idempotency.IdempotentCall;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.PaymentStore.PaymentRow;
import dev.matrix.refunds.spi.RefundPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Refunds credits that were issued for missed service levels, once each, from the newest payment of the subscription that has enough
 * left. What can't be refunded is flagged, and nothing is done in part.
 */
record SlaCredits(
        RefundStores stores,
        Forms forms,
        Decisions decisions,
        RefundPolicy reviewed,
        RefundEvents events,
        InstantSource clock)
        implements EventSubscriber.Transactional {

    private static final int NEWEST = 50;
    private static final String SETTLEMENT = "refund";

    @Override
    public String name() {
        return "refunds-sla-credits";
    }

    @Override
    public Set<EventPattern> interests() {
        return Set.of(new EventPattern(EventTypes.SLA_CREDIT_ISSUED.name()));
    }

    @Override
    public void handle(Tx tx, List<StoredEvent> credits) {
        for (StoredEvent stored : credits) {
            if (stored.event().payload() instanceof SlaCreditIssued credit
                    && credit.settlement().equals(SETTLEMENT)) {
                refund(tx, credit);
            }
        }
    }

    private void refund(Tx tx, SlaCreditIssued credit) {
        Owner owner = credit.owner();
        if (stores.refunds()
                .byKey(tx, owner, Forms.word(KeySpace.MATRIX), credit.key())
                .isPresent()) {
            return;
        }
        List<PaymentRow> payments = stores.payments().ofSubscription(tx, owner, credit.subscriptionId(), NEWEST);
        Money gross = credit.amount().plus(credit.tax());
        boolean refundable = gross.signum() > 0 && credit.tax().signum() >= 0 && IdempotentCall.isKey(credit.key());
        Optional<PaymentRow> payer = !refundable
                ? Optional.empty()
                : payments.stream()
                        .filter(row -> covers(row, gross, credit.tax()))
                        .findFirst();
        boolean done = payer.isPresent() && isRefunded(tx, payer.get(), credit, gross);
        if (!done) {
            Instant now = clock.instant();
            String about =
                    payments.isEmpty() ? credit.creditId() : payments.get(0).id();
            events.attention(tx, about, Attention.REVIEW, now);
        }
    }

    private boolean covers(PaymentRow row, Money gross, Money tax) {
        RefundablePayment payment = forms.payment(row);
        return payment.captured().currency().equals(gross.currency())
                && payment.refundable().compareTo(gross) >= 0
                && payment.tax().minus(payment.taxAllocated()).compareTo(tax) >= 0;
    }

    private boolean isRefunded(Tx tx, PaymentRow payer, SlaCreditIssued credit, Money gross) {
        RefundRequest request =
                RefundRequest.of(payer.id(), new RefundAmount.Exact(gross), RefundReason.SLA_CREDIT, credit.key());
        return decisions.refund(tx, request, KeySpace.MATRIX, reviewed, credit.tax()) instanceof RefundOutcome.Accepted;
    }
}
