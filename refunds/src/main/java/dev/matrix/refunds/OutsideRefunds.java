package dev.matrix.refunds;

import dev.matrix.core.Ids;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.NotificationStore.NotificationRow;
import dev.matrix.refunds.spi.PaymentStore.BalanceChange;
import dev.matrix.refunds.spi.PaymentStore.PaymentRow;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.RefundLegStore.LegRow;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.refunds.spi.RefundStore.RefundRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refunds that a provider names. One of Matrix's own is looked up under its lease. One made at the provider's own desk, or a leg that
 * counted as not executed and was, is imported as a refund of its own, even beyond what was captured. While a leg of that capture may
 * itself be what was found, the import only reserves its amount and waits.
 */
final class OutsideRefunds {

    private static final int LONGEST_KEY = 255;

    private final RefundStores stores;
    private final Forms forms;
    private final Claims claims;
    private final Settlements settlements;
    private final Balances balances;
    private final RefundEvents events;
    private final Calls calls;
    private final Map<String, RefundProvider> providers;
    private final Ids ids;
    private final InstantSource clock;
    private final Runnable due;

    OutsideRefunds(
            RefundStores stores,
            Forms forms,
            Claims claims,
            Settlements settlements,
            Balances balances,
            RefundEvents events,
            Calls calls,
            Map<String, RefundProvider> providers,
            Ids ids,
            InstantSource clock,
            Runnable due) {
        this.stores = stores;
        this.forms = forms;
        this.claims = claims;
        this.settlements = settlements;
        this.balances = balances;
        this.events = events;
        this.calls = calls;
        this.providers = providers;
        this.ids = ids;
        this.clock = clock;
        this.due = due;
    }

    /** Where a named refund belongs: an own leg that a look-up settles, or a capture. */
    private record Place(
            boolean lookedUp,
            @Nullable PaymentRow payment,
            @Nullable Capture capture) {}

    /** Whether that is done; else it is looked up again later. */
    boolean lookUp(NotificationRow named) {
        Place place = stores.transactions().returning(tx -> place(tx, named));
        if (place.lookedUp()) {
            return true;
        }
        PaymentRow payment = place.payment();
        Capture capture = place.capture();
        if (payment == null || capture == null) {
            return false;
        }
        RefundProvider provider = Objects.requireNonNull(providers.get(named.provider()));
        String own = named.ownRef() == null ? "" : named.ownRef();
        RefundProbe probe = new RefundProbe(
                own,
                own.isEmpty() ? List.of() : List.of(own),
                named.providerRef(),
                capture.ref(),
                capture.data(),
                null,
                null);
        return calls.lookup(provider, probe) instanceof LookupResult.Found found
                && stores.transactions()
                        .<Boolean>returning(tx -> book(tx, named, payment.id(), capture, found.state()));
    }

    private Place place(Tx tx, NotificationRow named) {
        Optional<LegRow> leg = leg(tx, named.provider(), named.ownRef(), named.providerRef());
        if (leg.isPresent() && forms.leg(leg.get()).status().isLive()) {
            return new Place(hasten(tx, forms.leg(leg.get())), null, null);
        }
        if (leg.isPresent()) {
            PaymentRow payment = stores.payment(tx, leg.get().paymentId());
            return new Place(false, payment, forms.capture(payment, leg.get().captureId()));
        }
        String ref = named.captureRef();
        Optional<String> paymentId =
                ref == null ? Optional.empty() : stores.payments().paymentOf(tx, named.provider(), ref);
        if (paymentId.isEmpty()) {
            return new Place(false, null, null);
        }
        PaymentRow payment = stores.payment(tx, paymentId.get());
        Capture capture = forms.document(payment).captures().stream()
                .filter(one -> one.ref().equals(ref))
                .findFirst()
                .orElse(null);
        return new Place(false, payment, capture);
    }

    private Optional<LegRow> leg(Tx tx, String provider, @Nullable String own, @Nullable String ref) {
        Optional<LegRow> byOwn = own == null
                ? Optional.empty()
                : stores.legs().find(tx, own).filter(leg -> leg.provider().equals(provider));
        if (byOwn.isPresent() || ref == null) {
            return byOwn;
        }
        return stores.legs()
                .byProviderRef(tx, provider, ref)
                .flatMap(id -> stores.legs().find(tx, id));
    }

    /** Makes a leg due for a look-up now; false while a node works on it, which may have asked before this news. */
    private boolean hasten(Tx tx, Leg leg) {
        Instant now = clock.instant();
        if (leg.isLeased(now)) {
            return false;
        }
        boolean wanted = leg.status() != LegStatus.QUEUED
                && (leg.status() != LegStatus.SUCCEEDED
                        || claims.rules(leg.row().provider()).caps().lateFailure());
        if (wanted) {
            stores.legs().settle(tx, leg.row().dueAt(now), leg.row().fence());
            tx.hintAfterCommit(due);
        }
        return true;
    }

    private boolean book(Tx tx, NotificationRow named, String paymentId, Capture capture, ProviderResult.Known state) {
        PaymentRow payment = stores.locked(tx, paymentId);
        String ref = state.providerRef() == null ? named.providerRef() : state.providerRef();
        Money amount = state.facts().amount();
        boolean readable = ref != null
                && Checks.isReference(ref)
                && amount != null
                && forms.isHeld(amount)
                && amount.signum() > 0
                && amount.currency().code().equals(payment.currency())
                && (state.facts().captureRef() == null
                        || capture.ref().equals(state.facts().captureRef()));
        if (state instanceof ProviderResult.Declined) {
            return true;
        }
        if (!readable || ref == null || amount == null) {
            balances.flag(tx, payment, Attention.REVIEW, clock.instant());
            return true;
        }
        Optional<Leg> own =
                leg(tx, named.provider(), state.facts().ownReference(), ref).map(forms::leg);
        if (own.isPresent() && own.get().status().isLive()) {
            return hasten(tx, own.get());
        }
        String key = key(named.provider(), ref);
        Optional<RefundRow> known = stores.refunds().byKey(tx, payment.owner(), Forms.word(KeySpace.OUTSIDE), key);
        Leg leg = known.isPresent()
                ? forms.leg(stores.legs().ofRefund(tx, known.get().id()).get(0))
                : imported(tx, payment, named.provider(), capture, key, ref, amount);
        return settle(tx, leg, capture, state, own.isPresent());
    }

    private static String key(String provider, String ref) {
        String key = provider + ":" + ref;
        return key.length() <= LONGEST_KEY ? key : key.substring(0, LONGEST_KEY);
    }

    private Leg imported(
            Tx tx, PaymentRow payment, String provider, Capture capture, String key, String ref, Money amount) {
        Instant now = clock.instant();
        RefundRequest request = RefundRequest.outside(payment.id(), amount, key);
        Figures figures =
                new Figures(forms.payment(payment), forms.legs(stores.legs().ofPayment(tx, payment.id())));
        BigDecimal tax = figures.tax(amount).amount();
        RefundRow refund = new RefundRow(
                ids.next("ref"),
                payment.owner(),
                Forms.word(KeySpace.OUTSIDE),
                key,
                forms.fingerprint(payment.owner(), request),
                payment.id(),
                payment.currency(),
                amount.amount(),
                tax,
                Forms.word(RefundReason.OTHER),
                Forms.word(RefundStatus.PENDING),
                "",
                null,
                now,
                forms.text(new RefundDocument(request, null, null, null)),
                1);
        String id = ids.next("rfl");
        LegRow leg = new LegRow(
                id,
                refund.id(),
                payment.id(),
                payment.owner(),
                capture.id(),
                provider,
                payment.currency(),
                amount.amount(),
                tax,
                Forms.word(LegStatus.PENDING),
                null,
                null,
                null,
                0,
                claims.rules(provider).caps().serialPerCapture(),
                forms.text(LegDocument.imported(id, ref, now)));
        stores.refunds().insert(tx, refund);
        stores.legs().insert(tx, List.of(leg));
        balances.move(tx, payment, BalanceChange.none().refund(BigDecimal.ZERO, amount.amount(), tax), now);
        stores.history(tx, refund.id(), now, "imported", id, null, ref);
        events.requested(tx, refund, request, now);
        return forms.leg(leg);
    }

    /** Books an import once no leg can be what was found; true when nothing is left to do. */
    private boolean settle(Tx tx, Leg leg, Capture capture, ProviderResult.Known state, boolean ofEndedLeg) {
        if (leg.document().outsideRef() == null) {
            return true;
        }
        boolean unsettled = forms.legs(stores.legs().ofPayment(tx, leg.row().paymentId())).stream()
                .filter(other -> other.row().captureId().equals(capture.id()))
                .anyMatch(other -> other.status() == LegStatus.UNKNOWN || other.status() == LegStatus.SUBMITTING);
        if (unsettled) {
            return false;
        }
        Instant now = clock.instant();
        LegRules.Verdict verdict =
                claims.rules(leg.row().provider()).afterLookup(leg, new LookupResult.Found(state), now);
        LegDocument.Edit done = verdict.document().edit();
        done.outsideRef = null;
        // The provider's id is the ended leg's already; the history tells it.
        String ref = ofEndedLeg ? null : verdict.providerRef();
        settlements.apply(
                tx,
                leg,
                new LegRules.Verdict(
                        verdict.status(), ref, verdict.nextAt(), done.done(), verdict.event(), verdict.detail()),
                state.facts(),
                null,
                now);
        return true;
    }
}
