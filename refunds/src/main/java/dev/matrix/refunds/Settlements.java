package dev.matrix.refunds;

import dev.matrix.core.ConflictException;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.PaymentStore.BalanceChange;
import dev.matrix.refunds.spi.PaymentStore.PaymentRow;
import dev.matrix.refunds.spi.ProviderFacts;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.RefundLedgerStore.PostingRow;
import dev.matrix.refunds.spi.RefundLegStore.LegChange;
import dev.matrix.refunds.spi.RefundStore.RefundRow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a leg becomes: balances, the leg, the refund, history, ledger and events in one transaction, under the payment's
 * lock. A result that comes with an old fence, or for a leg that is settled, moves no money.
 */
final class Settlements {

    private final RefundStores stores;
    private final Forms forms;
    private final Claims claims;
    private final Balances balances;
    private final RefundEvents events;
    private final InstantSource clock;

    Settlements(
            RefundStores stores,
            Forms forms,
            Claims claims,
            Balances balances,
            RefundEvents events,
            InstantSource clock) {
        this.stores = stores;
        this.forms = forms;
        this.claims = claims;
        this.balances = balances;
        this.events = events;
        this.clock = clock;
    }

    /** Settles a task, in a transaction of its own; repeated after a doubtful commit it changes nothing more. */
    void settle(Task task, Answer answer) {
        stores.transactions().inTransaction(tx -> settle(tx, task, answer));
    }

    private void settle(Tx tx, Task task, Answer answer) {
        Instant now = clock.instant();
        stores.locked(tx, task.leg().row().paymentId());
        Leg leg = forms.leg(stores.legs().find(tx, task.leg().id()).orElseThrow());
        if (leg.row().fence() != task.leg().row().fence()) {
            tooLate(tx, leg, now);
        } else if (leg.row().leaseUntil() != null) {
            LegRules rules = claims.rules(leg.row().provider());
            ProviderResult.Known known = known(answer);
            String doubt = known == null ? null : doubt(tx, leg, task.capture(), known);
            LegRules.Verdict verdict = doubt != null
                    ? rules.doubted(leg, doubt, now)
                    : answer instanceof Answer.Sent sent
                            ? rules.afterSubmit(leg, sent.result(), now)
                            : rules.afterLookup(leg, ((Answer.LookedUp) answer).result(), now);
            apply(tx, leg, verdict, known == null ? null : known.facts(), null, now);
        }
    }

    private void tooLate(Tx tx, Leg leg, Instant now) {
        stores.history(tx, leg.row().refundId(), now, "late_result", leg.id(), null, null);
        if (!leg.isLeased(now) && leg.status().isOpen() && leg.status() != LegStatus.QUEUED) {
            stores.legs().settle(tx, leg.row().dueAt(now), leg.row().fence());
        }
    }

    private static ProviderResult.@Nullable Known known(Answer answer) {
        if (answer instanceof Answer.Sent sent && sent.result() instanceof ProviderResult.Known known) {
            return known;
        }
        return answer instanceof Answer.LookedUp looked && looked.result() instanceof LookupResult.Found found
                ? found.state()
                : null;
    }

    /** Why an answer can't be about this leg; null: it can. */
    private @Nullable String doubt(Tx tx, Leg leg, Capture capture, ProviderResult.Known known) {
        ProviderFacts facts = known.facts();
        String ref = known.providerRef();
        if (ref == null && known instanceof ProviderResult.Succeeded) {
            return "The provider named no reference.";
        }
        if (ref != null && !Checks.isReference(ref)) {
            return "The provider's reference has a form that no reference has.";
        }
        boolean outside = leg.document().outside();
        if (!outside && facts.ownReference() != null && !facts.ownReference().equals(leg.id())) {
            return "The provider told of a refund with another reference.";
        }
        if (facts.captureRef() != null && !facts.captureRef().equals(capture.ref())) {
            return "The provider told of a refund of another capture.";
        }
        if (facts.amount() != null
                && !facts.amount().currency().equals(leg.amount().currency())) {
            return "The provider told of a refund in another currency.";
        }
        if (!Stream.of(facts.amount(), facts.settled(), facts.fee(), facts.feeReturned())
                .filter(Objects::nonNull)
                .allMatch(forms::isHeld)) {
            return "The provider told of an amount in an unknown currency, or one that can't be stored.";
        }
        boolean anothers = ref != null
                && stores.legs()
                        .byProviderRef(tx, leg.row().provider(), ref)
                        .filter(id -> !id.equals(leg.id()))
                        .isPresent();
        return anothers ? "The provider's reference belongs to another leg." : null;
    }

    /** Applies a verdict; the caller holds the payment's lock. It ends the leg's lease. */
    void apply(
            Tx tx,
            Leg leg,
            LegRules.Verdict verdict,
            @Nullable ProviderFacts facts,
            @Nullable String actor,
            Instant now) {
        LegStatus from = leg.status();
        LegStatus to = verdict.status();
        PaymentRow payment = stores.locked(tx, leg.row().paymentId());
        LegDocument document = to == LegStatus.SUCCEEDED && from != to
                ? withSettledShare(tx, payment, leg, verdict.document())
                : verdict.document();
        LegChange change = new LegChange(
                leg.id(), Forms.word(to), verdict.providerRef(), verdict.nextAt(), null, forms.text(document));
        if (!stores.legs().settle(tx, change, leg.row().fence())) {
            throw new ConflictException("Leg " + leg.id() + " is being worked on by another node; try again.");
        }
        balances.move(tx, payment, change(leg, from, to), now);
        if (from == LegStatus.UNKNOWN && to != LegStatus.UNKNOWN) {
            hastenImports(tx, payment, leg, now);
        }
        stores.history(tx, leg.row().refundId(), now, verdict.event(), leg.id(), actor, verdict.detail());
        RefundRow refund = refresh(tx, leg.row().refundId(), leg.id(), actor, now);
        boolean paid = to == LegStatus.SUCCEEDED && from != to;
        boolean reversed = from == LegStatus.SUCCEEDED && to == LegStatus.FAILED;
        if (paid) {
            stores.ledger().post(tx, Postings.settled(leg, document, facts, now));
        } else if (reversed) {
            List<PostingRow> settled = stores.ledger().ofPayment(tx, payment.id()).stream()
                    .filter(row -> row.source().equals(leg.id()) && row.kind().equals("settled"))
                    .toList();
            stores.ledger().post(tx, Postings.reversed(settled, now));
        } else if (to == LegStatus.FAILED && from != to) {
            events.failed(tx, refund, leg, document.code(), now);
        }
        if (paid || reversed) {
            List<Leg> legs = forms.legs(stores.legs().ofPayment(tx, payment.id()));
            RefundablePayment after = forms.payment(stores.payment(tx, payment.id()));
            events.moved(tx, after, refund, leg, legs, verdict.providerRef(), document, reversed, now);
        }
    }

    /** What was refunded outside of Matrix isn't booked while it might be this leg. */
    private void hastenImports(Tx tx, PaymentRow payment, Leg leg, Instant now) {
        Capture capture = forms.capture(payment, leg.row().captureId());
        stores.notifications().hasten(tx, leg.row().provider(), capture.ref(), now);
    }

    private static BalanceChange change(Leg leg, LegStatus from, LegStatus to) {
        BigDecimal amount = leg.amount().amount();
        BigDecimal reserved = from.isOpen() && !to.isOpen() ? amount.negate() : BigDecimal.ZERO;
        BigDecimal refunded = BigDecimal.ZERO;
        if (to == LegStatus.SUCCEEDED && from != to) {
            refunded = amount;
        } else if (from == LegStatus.SUCCEEDED && from != to) {
            refunded = amount.negate();
        }
        BigDecimal tax = from.isLive() && !to.isLive() ? leg.tax().amount().negate() : BigDecimal.ZERO;
        return BalanceChange.none().refund(refunded, reserved, tax);
    }

    /** The part of what the capture settled that this leg returns, so that parts never add up to more than the whole. */
    private LegDocument withSettledShare(Tx tx, PaymentRow payment, Leg leg, LegDocument document) {
        Capture capture = forms.capture(payment, leg.row().captureId());
        Money settled = capture.settled();
        LegDocument.Edit edit = document.edit();
        if (settled == null || edit.settled == null || !settled.currency().equals(edit.settled.currency())) {
            edit.settled = null;
            return edit.done();
        }
        Money before = Money.zero(leg.amount().currency());
        Money shares = Money.zero(settled.currency());
        for (Leg other : forms.legs(stores.legs().ofPayment(tx, payment.id()))) {
            boolean counts = other.status() == LegStatus.SUCCEEDED
                    && other.row().captureId().equals(capture.id());
            if (counts) {
                before = before.plus(other.amount());
                Money share = other.document().settledShare();
                shares = share == null ? shares : shares.plus(share);
            }
        }
        BigDecimal until = settled.amount()
                .multiply(before.plus(leg.amount()).amount())
                .divide(capture.amount().amount(), settled.currency().scale(), RoundingMode.HALF_UP);
        edit.settledShare = Money.of(until, settled.currency()).minus(shares);
        return edit.done();
    }

    /** Brings a refund's row in line with its legs and tells what changed. */
    RefundRow refresh(Tx tx, String refundId, @Nullable String legId, @Nullable String actor, Instant now) {
        RefundRow row = stores.refund(tx, refundId);
        List<Leg> legs = forms.legs(stores.legs().ofRefund(tx, refundId));
        String status = Forms.word(forms.status(row, legs));
        Set<Attention> flags = EnumSet.noneOf(Attention.class);
        legs.forEach(leg -> flags.addAll(leg.document().attention()));
        String attention = Forms.attention(flags);
        if (status.equals(row.status()) && attention.equals(row.attention())) {
            return row;
        }
        RefundRow next = write(tx, row, status, attention, row.dueAt(), row.document());
        if (!status.equals(row.status())) {
            events.statusChanged(tx, next, row.status(), legId, actor, now);
        }
        flags.removeAll(Forms.attention(row.attention()));
        flags.forEach(flag -> events.attention(tx, next, flag, now));
        return next;
    }

    /** Writes a refund's row; the caller holds the payment's lock. */
    RefundRow write(Tx tx, RefundRow row, String status, String attention, @Nullable Instant dueAt, String document) {
        RefundRow next = row.changed(status, attention, dueAt, document);
        if (!stores.refunds().replaceIfVersion(tx, next)) {
            throw new ConflictException("Refund " + row.id() + " changed under its payment's lock; try again.");
        }
        return next;
    }
}
