package dev.matrix.refunds;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Ids;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.RefundOutcome.Accepted;
import dev.matrix.refunds.RefundOutcome.Refused;
import dev.matrix.refunds.RefundQuote.QuotedLeg;
import dev.matrix.refunds.spi.PaymentStore.BalanceChange;
import dev.matrix.refunds.spi.PaymentStore.PaymentRow;
import dev.matrix.refunds.spi.RefundLegStore.LegRow;
import dev.matrix.refunds.spi.RefundPolicy;
import dev.matrix.refunds.spi.RefundSecretStore;
import dev.matrix.refunds.spi.RefundStore;
import dev.matrix.refunds.spi.RefundStore.RefundRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides about refunds: one transaction reserves the amount and writes refund, legs, history and event, or nothing. It holds
 * the payment's lock from its reads to its end, so two decisions about one payment take turns.
 */
final class Decisions {

    private static final Duration FARTHEST = Duration.ofDays(366);

    private final RefundStores stores;
    private final Forms forms;
    private final Quotes quotes;
    private final RefundPolicy policy;
    private final Balances balances;
    private final SealedValues sealed;
    private final RefundEvents events;
    private final Ids ids;
    private final InstantSource clock;
    private final Duration approvalExpiry;
    private final Runnable due;

    Decisions(
            RefundStores stores,
            Forms forms,
            Quotes quotes,
            RefundPolicy policy,
            Balances balances,
            SealedValues sealed,
            RefundEvents events,
            Ids ids,
            InstantSource clock,
            Duration approvalExpiry,
            Runnable due) {
        this.stores = stores;
        this.forms = forms;
        this.quotes = quotes;
        this.policy = policy;
        this.balances = balances;
        this.sealed = sealed;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
        this.approvalExpiry = approvalExpiry;
        this.due = due;
    }

    RefundQuote quote(Tx tx, RefundRequest request) {
        PaymentRow row = stores.payment(tx, request.paymentId());
        RefundQuote quote = quoted(tx, row, request, null, clock.instant());
        if (!quote.refusals().isEmpty()) {
            return quote;
        }
        RefundablePayment payment = forms.payment(row);
        return policy.review(payment, request, quote, clock.instant()) instanceof RefundPolicy.Verdict.Refuse no
                ? quote.refused(new Refused(no.code(), no.message(), payment.refundable()))
                : quote;
    }

    /** The caller holds the payment's lock where the figures must stay true. */
    private RefundQuote quoted(Tx tx, PaymentRow row, RefundRequest request, @Nullable Money tax, Instant now) {
        boolean blocked =
                row.disputed().signum() > 0 && forms.isBlocked(stores.disputes().ofPayment(tx, row.id()));
        return quotes.of(forms.payment(row), legs(tx, row), request, new Quotes.Bounds(blocked, tax), now);
    }

    private List<Leg> legs(Tx tx, PaymentRow row) {
        return forms.legs(stores.legs().ofPayment(tx, row.id()));
    }

    RefundOutcome refund(Tx tx, RefundRequest request, KeySpace space) {
        return refund(tx, request, space, policy, null);
    }

    /**
     * As the other form, under a policy of its own.
     *
     * @param tax the refund's, where it is fixed; null: the payment's tells
     */
    RefundOutcome refund(Tx tx, RefundRequest request, KeySpace space, RefundPolicy own, @Nullable Money tax) {
        Owner owner = stores.payment(tx, request.paymentId()).owner();
        byte[] print = forms.fingerprint(owner, request);
        Optional<RefundOutcome> early = replayed(tx, owner, space, request, print);
        if (early.isPresent()) {
            return early.get();
        }
        PaymentRow row = stores.locked(tx, request.paymentId());
        // Whoever held the lock before may have used the key.
        Optional<RefundOutcome> winner = replayed(tx, owner, space, request, print);
        return winner.isPresent() ? winner.get() : decide(tx, row, request, space, print, own, tax);
    }

    private Optional<RefundOutcome> replayed(Tx tx, Owner owner, KeySpace space, RefundRequest request, byte[] print) {
        return stores.refunds()
                .byKey(tx, owner, Forms.word(space), request.idempotencyKey())
                .map(row -> Arrays.equals(row.fingerprint(), print)
                        ? new Accepted(
                                forms.refund(row, forms.legs(stores.legs().ofRefund(tx, row.id()))), true)
                        : new Refused(
                                RefusalCode.IDEMPOTENCY_KEY_REUSED,
                                "This idempotency key was used for another refund; use a new key for each.",
                                forms.payment(stores.payment(tx, request.paymentId()))
                                        .refundable()));
    }

    private RefundOutcome decide(
            Tx tx,
            PaymentRow row,
            RefundRequest request,
            KeySpace space,
            byte[] print,
            RefundPolicy own,
            @Nullable Money tax) {
        Instant now = clock.instant();
        Instant start = request.executeAt();
        Checks.that(
                start == null || (start.isAfter(now) && start.isBefore(now.plus(FARTHEST))),
                "A refund's executeAt lies within a year from now; leave it out to start at once.");
        RefundablePayment payment = forms.payment(row);
        RefundQuote quote = quoted(tx, row, request, tax, now);
        if (!quote.refusals().isEmpty()) {
            return quote.refusals().get(0);
        }
        RefundPolicy.Verdict verdict = own.review(payment, request, quote, now);
        if (verdict instanceof RefundPolicy.Verdict.Refuse refuse) {
            return new Refused(refuse.code(), refuse.message(), payment.refundable());
        }
        RefundStatus status = verdict instanceof RefundPolicy.Verdict.NeedsApproval
                ? RefundStatus.PENDING_APPROVAL
                : start == null ? RefundStatus.QUEUED : RefundStatus.SCHEDULED;
        if (space == KeySpace.SELF && status == RefundStatus.PENDING_APPROVAL && ownWaits(tx, row)) {
            return new Refused(
                    RefusalCode.TOO_MANY_REFUNDS,
                    "A refund of this payment that you asked for waits for approval already.",
                    payment.refundable());
        }
        Instant dueAt = status == RefundStatus.PENDING_APPROVAL ? now.plus(approvalExpiry) : start;
        RefundRow refund = new RefundRow(
                ids.next("ref"),
                row.owner(),
                Forms.word(space),
                request.idempotencyKey(),
                print,
                row.id(),
                row.currency(),
                quote.amount().amount(),
                quote.tax().amount(),
                Forms.word(request.reason()),
                Forms.word(status),
                "",
                dueAt,
                now,
                forms.text(new RefundDocument(request.to(null), quote.explanation(), null, null)),
                1);
        if (!stores.refunds().insert(tx, refund)) {
            return replayed(tx, row.owner(), space, request, print)
                    .orElseThrow(() -> new ConflictException(
                            "Another request with this idempotency key is being decided; repeat this one."));
        }
        balances.move(
                tx,
                row,
                BalanceChange.reservation(quote.amount().amount(), quote.tax().amount()),
                now);
        if (request.destination() != null) {
            byte[] plain = forms.text(request.destination()).getBytes(StandardCharsets.UTF_8);
            sealed.replace(tx, RefundSecretStore.Kind.DESTINATION, row.owner(), refund.id(), plain, now);
        }
        List<LegRow> legs = legs(refund, quote, status == RefundStatus.QUEUED ? now : null, now);
        stores.legs().insert(tx, legs);
        stores.history(tx, refund.id(), now, "requested", null, request.requestedBy(), Forms.word(status));
        events.requested(tx, refund, request, now);
        tx.hintAfterCommit(due);
        return new Accepted(forms.refund(refund, forms.legs(legs)), false);
    }

    /** Whether a customer's own request waits already: what he reserves must not grow by asking. */
    private boolean ownWaits(Tx tx, PaymentRow row) {
        RefundStore.Filter waiting = new RefundStore.Filter(
                null, row.id(), Forms.word(RefundStatus.PENDING_APPROVAL), null, null, null, null);
        return stores.refunds().page(tx, waiting, PageRequest.first(1_000)).items().stream()
                .anyMatch(refund -> refund.keySpace().equals(Forms.word(KeySpace.SELF)));
    }

    private List<LegRow> legs(RefundRow refund, RefundQuote quote, @Nullable Instant nextAt, Instant now) {
        List<List<LineShare>> shares = quote.lines().isEmpty()
                ? quote.legs().stream().map(leg -> List.<LineShare>of()).toList()
                : Figures.byLeg(quote.lines(), quote.legs());
        List<LegRow> legs = new ArrayList<>();
        for (int i = 0; i < quote.legs().size(); i++) {
            QuotedLeg leg = quote.legs().get(i);
            String id = ids.next("rfl");
            legs.add(new LegRow(
                    id,
                    refund.id(),
                    refund.paymentId(),
                    refund.owner(),
                    leg.captureId(),
                    leg.provider(),
                    refund.currency(),
                    leg.amount().amount(),
                    leg.tax().amount(),
                    Forms.word(LegStatus.QUEUED),
                    null,
                    nextAt,
                    null,
                    0,
                    Objects.requireNonNull(quotes.providers().get(leg.provider()))
                            .capabilities()
                            .serialPerCapture(),
                    forms.text(LegDocument.fresh(id, quote.explanation() != null, shares.get(i), now))));
        }
        return legs;
    }
}
