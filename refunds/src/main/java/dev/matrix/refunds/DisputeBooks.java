package dev.matrix.refunds;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.payload.DisputeChanged;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.DisputeFacts;
import dev.matrix.refunds.spi.DisputeStore.DisputeRow;
import dev.matrix.refunds.spi.PaymentStore.BalanceChange;
import dev.matrix.refunds.spi.PaymentStore.PaymentRow;
import dev.matrix.refunds.spi.RefundLedgerStore.PostingRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a dispute becomes with what follows: the payment's disputed balance, postings, flags and events, in one transaction.
 * The caller holds the payment's lock.
 */
record DisputeBooks(RefundStores stores, Forms forms, Balances balances, EventLog events) {

    /** Adds a dispute; false where the provider's reference is known. */
    boolean open(Tx tx, PaymentRow payment, DisputeRow row, DisputeDocument document, Instant now) {
        if (!stores.disputes().insert(tx, row)) {
            return false;
        }
        settle(tx, payment, row, null, document, now);
        publish(tx, payment, row, document, EventTypes.DISPUTE_OPENED, payment.owner(), now);
        if (!DisputeRules.isOpen(document)) {
            publish(tx, payment, row, document, EventTypes.DISPUTE_CLOSED, payment.owner(), now);
        }
        return true;
    }

    /** Replaces a dispute's document; what changed is booked and published. */
    void change(
            Tx tx,
            PaymentRow payment,
            DisputeRow row,
            DisputeDocument before,
            DisputeDocument after,
            @Nullable Instant nextAt,
            Instant now) {
        write(tx, row, after, nextAt, null);
        settle(tx, payment, row, before, after, now);
        boolean news = !before.facts().equals(after.facts()) || before.submitted() != after.submitted();
        if (news) {
            boolean closed = !DisputeRules.isOpen(after);
            EventType type = closed ? EventTypes.DISPUTE_CLOSED : EventTypes.DISPUTE_UPDATED;
            publish(tx, payment, row, after, type, payment.owner(), now);
        }
    }

    /** Writes a dispute's row under its fence. */
    void write(
            Tx tx, DisputeRow row, DisputeDocument document, @Nullable Instant nextAt, @Nullable Instant leaseUntil) {
        DisputeRow next = new DisputeRow(
                row.id(),
                row.owner(),
                row.paymentId(),
                row.provider(),
                row.disputeRef(),
                Forms.word(document.facts().status()),
                document.facts().respondBy(),
                nextAt,
                leaseUntil,
                row.fence(),
                forms.text(document),
                row.version());
        if (!stores.disputes().write(tx, next)) {
            throw new ConflictException("Dispute " + row.id() + " is being worked on by another node; try again.");
        }
    }

    private void settle(
            Tx tx,
            PaymentRow payment,
            DisputeRow row,
            @Nullable DisputeDocument before,
            DisputeDocument after,
            Instant now) {
        RefundablePayment shown = forms.payment(payment);
        Money disputed = disputed(shown, forms.disputes(stores.disputes().ofPayment(tx, payment.id())));
        Money change = disputed.minus(shown.disputed());
        balances.move(tx, payment, BalanceChange.none().dispute(change.amount()), now);
        List<PostingRow> rows = new ArrayList<>();
        Map<String, Money> taken =
                difference(before == null ? Map.of() : DisputeRules.taken(before), DisputeRules.taken(after));
        String number = "." + (before == null ? row.version() : row.version() + 1);
        taken.values()
                .forEach(amount -> post(rows, row, "disputed" + number, RefundLedger.Account.DISPUTES, amount, now));
        Map<String, Money> fees = difference(before == null ? Map.of() : fee(before), fee(after));
        fees.values().forEach(fee -> post(rows, row, "fee" + number, RefundLedger.Account.PROVIDER_FEES, fee, now));
        stores.ledger().post(tx, rows);
        if (before == null || !before.attention().containsAll(after.attention())) {
            after.attention().forEach(flag -> new RefundEvents(events, forms).attention(tx, payment.id(), flag, now));
        }
    }

    private static Map<String, Money> fee(DisputeDocument dispute) {
        Money fee = dispute.facts().fee();
        return fee == null ? Map.of() : Map.of(fee.currency().code(), fee);
    }

    /** What all of a payment's disputes hold back: of each capture, and in sum, never more than was captured. */
    private static Money disputed(RefundablePayment payment, List<DisputeDocument> disputes) {
        Map<String, Money> byCapture = new TreeMap<>();
        for (DisputeDocument dispute : disputes) {
            String captureId = dispute.captureId() == null ? "" : dispute.captureId();
            Money most = payment.captures().stream()
                    .filter(capture -> capture.id().equals(captureId))
                    .map(Capture::amount)
                    .findFirst()
                    .orElse(payment.captured());
            byCapture.merge(
                    captureId,
                    DisputeRules.share(dispute, most),
                    (one, two) -> one.plus(two).min(most));
        }
        return byCapture.values().stream()
                .collect(Money.summing(payment.captured().currency()))
                .min(payment.captured());
    }

    private static Map<String, Money> difference(Map<String, Money> before, Map<String, Money> after) {
        Map<String, Money> change = new TreeMap<>(after);
        before.forEach((code, amount) -> change.merge(code, amount.negated(), Money::plus));
        return change;
    }

    private static void post(
            List<PostingRow> rows,
            DisputeRow dispute,
            String kind,
            RefundLedger.Account account,
            Money amount,
            Instant at) {
        if (amount.isZero()) {
            return;
        }
        for (Map.Entry<RefundLedger.Account, Money> side : Map.of(
                        account, amount.negated(), RefundLedger.Account.PROVIDER_BALANCE, amount)
                .entrySet()) {
            rows.add(new PostingRow(
                    dispute.id(),
                    kind,
                    side.getKey().name(),
                    amount.currency().code(),
                    side.getValue().amount(),
                    dispute.paymentId(),
                    null,
                    at));
        }
    }

    /** An answer will be due soon; the platform's own business. */
    void evidenceDue(Tx tx, PaymentRow payment, DisputeRow row, DisputeDocument document, Instant now) {
        publish(tx, payment, row, document, EventTypes.DISPUTE_EVIDENCE_DUE, Owner.platform(), now);
    }

    private void publish(
            Tx tx,
            PaymentRow payment,
            DisputeRow row,
            DisputeDocument document,
            EventType type,
            Owner owner,
            Instant now) {
        DisputeFacts facts = document.facts();
        RefundablePayment shown = forms.payment(payment);
        Money none = Money.zero(facts.amount().currency());
        events.publish(
                tx,
                DisputeChanged.builder()
                        .id(row.id())
                        .owner(owner)
                        .type(type)
                        .paymentId(row.paymentId())
                        .captureId(document.captureId())
                        .provider(row.provider())
                        .providerRef(row.disputeRef())
                        .stage(Forms.word(facts.stage()))
                        .status(Forms.word(facts.status()))
                        .amount(facts.amount())
                        .tax(DisputeRules.tax(facts.amount(), shown.captured(), shown.tax()))
                        .withdrawn(Objects.requireNonNullElse(facts.withdrawn(), none))
                        .reinstated(Objects.requireNonNullElse(facts.reinstated(), none))
                        .fee(facts.fee())
                        .reason(facts.reason())
                        .respondBy(facts.respondBy())
                        .at(now)
                        .build());
    }
}
