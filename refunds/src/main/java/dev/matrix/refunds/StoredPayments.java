package dev.matrix.refunds;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Ids;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.PaymentStore.BalanceChange;
import dev.matrix.refunds.spi.PaymentStore.PaymentRow;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@link RefundablePayments} in the store. */
final class StoredPayments implements RefundablePayments {

    private static final int MOST_CAPTURES = 100;

    private final RefundStores stores;
    private final Forms forms;
    private final Balances balances;
    private final RefundEvents events;
    private final Ids ids;
    private final InstantSource clock;

    StoredPayments(
            RefundStores stores, Forms forms, Balances balances, RefundEvents events, Ids ids, InstantSource clock) {
        this.stores = stores;
        this.forms = forms;
        this.balances = balances;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public RefundablePayment record(PaymentDraft payment) {
        return stores.transactions().returning(tx -> record(tx, payment));
    }

    @Override
    public RefundablePayment record(Tx tx, PaymentDraft payment) {
        return tryRecord(tx, payment, Set.of())
                .orElseThrow(() -> new ConflictException("Payment " + payment.id()
                        + " was recorded with other content, or one of its captures belongs to another payment; record"
                        + " each payment once, under its own id."));
    }

    /** The payment as recorded, now or before; empty, and nothing is written, where id or captures are another's. */
    Optional<RefundablePayment> tryRecord(Tx tx, PaymentDraft draft, Set<Attention> attention) {
        String input = forms.input(draft);
        Optional<PaymentRow> known = stores.payments().find(tx, draft.id());
        if (known.isPresent()) {
            return same(known.get(), input);
        }
        String provider = draft.provider();
        boolean taken = draft.captures().stream()
                .anyMatch(capture -> stores.payments()
                        .paymentOf(tx, provider, key(provider, draft.id(), capture))
                        .isPresent());
        boolean twice = draft.captures().stream().map(Capture::ref).distinct().count()
                < draft.captures().size();
        if (taken || twice) {
            return Optional.empty();
        }
        PaymentRow row = row(draft, input, attention);
        if (!stores.payments().insert(tx, row)) {
            return stores.payments().find(tx, draft.id()).flatMap(winner -> same(winner, input));
        }
        for (Capture capture : draft.captures()) {
            if (!stores.payments().addCapture(tx, provider, key(provider, draft.id(), capture), draft.id())) {
                throw new ConflictException("The capture " + capture.ref()
                        + " was recorded for another payment just now; this transaction has to roll back.");
            }
            hastenNews(tx, provider, capture);
        }
        return Optional.of(forms.payment(row));
    }

    /** Refs of payments that people return are the host's own words, so they are unique within their payment alone. */
    private static String key(String provider, String paymentId, Capture capture) {
        return provider.equals(ManualProvider.NAME) ? paymentId + "/" + capture.ref() : capture.ref();
    }

    private Optional<RefundablePayment> same(PaymentRow row, String input) {
        return forms.document(row).input().equals(input) ? Optional.of(forms.payment(row)) : Optional.empty();
    }

    private PaymentRow row(PaymentDraft draft, String input, Set<Attention> attention) {
        List<Capture> captures = draft.captures().stream()
                .map(capture -> capture.id().isEmpty() ? capture.withId(ids.next("cap")) : capture)
                .toList();
        PaymentDocument document = new PaymentDocument(
                draft.provider(),
                captures,
                draft.lines(),
                draft.period(),
                draft.taxReference(),
                draft.invoiceId(),
                input);
        return new PaymentRow(
                draft.id(),
                draft.owner(),
                draft.tax().currency().code(),
                draft.captured().amount(),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                draft.tax().amount(),
                BigDecimal.ZERO,
                draft.subscriptionId(),
                draft.paidAt(),
                Forms.attention(attention),
                forms.text(document),
                1);
    }

    /** Flags a payment, once. */
    void flag(Tx tx, String paymentId, Attention flag) {
        balances.flag(tx, stores.locked(tx, paymentId), flag, clock.instant());
    }

    /** Tells of a payment that can't be recorded. */
    void unrecorded(Tx tx, String paymentId) {
        events.attention(tx, paymentId, Attention.REVIEW, clock.instant());
    }

    /** Tells of a payment that was recorded with a flag. */
    void flagged(Tx tx, String paymentId, Attention flag) {
        events.attention(tx, paymentId, flag, clock.instant());
    }

    Optional<String> paymentOf(Tx tx, String provider, String ref) {
        return stores.payments().paymentOf(tx, provider, ref);
    }

    @Override
    public RefundablePayment addCapture(String paymentId, Capture capture) {
        return stores.transactions().returning(tx -> addCapture(tx, paymentId, capture));
    }

    @Override
    public RefundablePayment addCapture(Tx tx, String paymentId, Capture capture) {
        PaymentRow row = stores.locked(tx, paymentId);
        PaymentDocument document = forms.document(row);
        Optional<Capture> known = document.captures().stream()
                .filter(one -> one.ref().equals(capture.ref()))
                .findFirst();
        if (known.isPresent()) {
            if (!known.get().amount().equals(capture.amount())) {
                throw new ConflictException("Payment " + paymentId + " has the capture " + capture.ref()
                        + " with another amount; captures never change.");
            }
            return forms.payment(row);
        }
        if (!document.lines().isEmpty()
                || document.captures().size() >= MOST_CAPTURES
                || !capture.amount().currency().code().equals(row.currency())) {
            throw new ConflictException("Payment " + paymentId + " takes no capture more: it has lines or "
                    + MOST_CAPTURES + " captures, or the currency is another.");
        }
        String provider = document.provider();
        if (!stores.payments().addCapture(tx, provider, key(provider, paymentId, capture), paymentId)) {
            throw new ConflictException("The capture " + capture.ref() + " belongs to another payment.");
        }
        List<Capture> more = new ArrayList<>(document.captures());
        more.add(capture.id().isEmpty() ? capture.withId(ids.next("cap")) : capture);
        PaymentRow described = balances.described(tx, row, row.attention(), forms.text(document.withCaptures(more)));
        BalanceChange change = BalanceChange.none().capture(capture.amount().amount());
        PaymentRow moved = balances.move(tx, described, change, clock.instant());
        hastenNews(tx, provider, capture);
        return forms.payment(moved);
    }

    /** A refund or a dispute of this capture may have been told before it was recorded. */
    private void hastenNews(Tx tx, String provider, Capture capture) {
        stores.notifications().hasten(tx, provider, capture.ref(), clock.instant());
    }

    @Override
    public Optional<RefundablePayment> find(String paymentId) {
        return stores.transactions().returning(tx -> find(tx, paymentId));
    }

    @Override
    public Optional<RefundablePayment> find(Tx tx, String paymentId) {
        return stores.payments().find(tx, paymentId).map(forms::payment);
    }

    @Override
    public Page<RefundablePayment> page(@Nullable Owner owner, PageRequest page) {
        return stores.transactions()
                .returning(tx -> stores.payments().page(tx, owner, page).map(forms::payment));
    }
}
