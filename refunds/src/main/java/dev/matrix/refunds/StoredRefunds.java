package dev.matrix.refunds;

import dev.matrix.core.Ids;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.ProviderCapabilities;
import dev.matrix.refunds.spi.RefundPolicy;
import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.refunds.spi.RefundStore;
import dev.matrix.refunds.spi.RefundStore.RefundRow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@link Refunds} in the store. */
final class StoredRefunds implements Refunds, RefundLedger {

    private static final Set<RefundStatus> NOT_BEGUN =
            Set.of(RefundStatus.PENDING_APPROVAL, RefundStatus.SCHEDULED, RefundStatus.REJECTED);

    private final RefundStores stores;
    private final Forms forms;
    private final Decisions decisions;
    private final Approvals approvals;
    private final Claims claims;
    private final Lanes lanes;
    private final StoredPayments payments;
    private final StoredCredits credits;
    private final StoredDisputes disputes;
    private final Notifications notifications;
    private final Erasure erasure;
    private final Map<String, RefundProvider> providers;
    private final RefundPolicy selfService;
    private final Ids ids;
    private final InstantSource clock;

    StoredRefunds(
            RefundStores stores,
            Forms forms,
            Decisions decisions,
            Approvals approvals,
            Claims claims,
            Lanes lanes,
            StoredPayments payments,
            StoredCredits credits,
            StoredDisputes disputes,
            Notifications notifications,
            Erasure erasure,
            Map<String, RefundProvider> providers,
            RefundPolicy selfService,
            Ids ids,
            InstantSource clock) {
        this.stores = stores;
        this.forms = forms;
        this.decisions = decisions;
        this.approvals = approvals;
        this.claims = claims;
        this.lanes = lanes;
        this.payments = payments;
        this.credits = credits;
        this.disputes = disputes;
        this.notifications = notifications;
        this.erasure = erasure;
        this.providers = providers;
        this.selfService = selfService;
        this.ids = ids;
        this.clock = clock;
    }

    /** Store time. */
    Instant now() {
        return clock.instant();
    }

    private <R extends @Nullable Object> R in(Function<Tx, R> work) {
        return stores.transactions().returning(work);
    }

    @Override
    public RefundOutcome refund(RefundRequest request) {
        return in(tx -> refund(tx, request));
    }

    @Override
    public RefundOutcome refund(Tx tx, RefundRequest request) {
        return decisions.refund(tx, request, KeySpace.HOST);
    }

    /** A customer's own request over HTTP. */
    RefundOutcome refundOwn(Tx tx, RefundRequest request) {
        return decisions.refund(tx, request, KeySpace.SELF, selfService, null);
    }

    @Override
    public RefundOutcome refundRemaining(String paymentId, RefundReason reason) {
        return in(tx -> refundRemaining(tx, paymentId, reason));
    }

    @Override
    public RefundOutcome refundRemaining(Tx tx, String paymentId, RefundReason reason) {
        return refund(tx, RefundRequest.of(paymentId, new RefundAmount.Remaining(), reason, ids.next("rem")));
    }

    @Override
    public RefundOutcome prorate(String paymentId, Proration proration, RefundReason reason) {
        return in(tx -> prorate(tx, paymentId, proration, reason));
    }

    @Override
    public RefundOutcome prorate(Tx tx, String paymentId, Proration proration, RefundReason reason) {
        RefundRequest bare = RefundRequest.of(paymentId, new RefundAmount.Prorated(proration), reason, "prorate");
        byte[] print = forms.fingerprint(stores.payment(tx, paymentId).owner(), bare);
        String key = "prorate." + HexFormat.of().formatHex(print);
        return decisions.refund(tx, RefundRequest.of(paymentId, bare.amount(), reason, key), KeySpace.MATRIX);
    }

    @Override
    public RefundQuote quote(RefundRequest request) {
        return in(tx -> decisions.quote(tx, request));
    }

    @Override
    public Refund advance(String refundId) {
        List<Leg> legs = in(tx -> {
            stores.refund(tx, refundId);
            return forms.legs(stores.legs().ofRefund(tx, refundId));
        });
        RefundStatus status = in(tx -> forms.status(stores.refund(tx, refundId), legs));
        boolean begun = !NOT_BEGUN.contains(status);
        for (Leg leg : begun ? legs : List.<Leg>of()) {
            in(tx -> claims.one(tx, leg, clock.instant())).ifPresent(lanes::work);
        }
        return find(refundId).orElseThrow();
    }

    @Override
    public Refund approve(String refundId, String actor) {
        return in(tx -> approve(tx, refundId, actor));
    }

    @Override
    public Refund approve(Tx tx, String refundId, String actor) {
        return approvals.approve(tx, refundId, actor);
    }

    @Override
    public Refund reject(String refundId, String actor, @Nullable String note) {
        return in(tx -> reject(tx, refundId, actor, note));
    }

    @Override
    public Refund reject(Tx tx, String refundId, String actor, @Nullable String note) {
        return approvals.reject(tx, refundId, actor, note);
    }

    @Override
    public CancelOutcome cancel(String refundId, String actor) {
        return in(tx -> cancel(tx, refundId, actor));
    }

    @Override
    public CancelOutcome cancel(Tx tx, String refundId, String actor) {
        return approvals.cancel(tx, refundId, actor);
    }

    @Override
    public Refund resolve(String legId, LegResolution how, String actor, @Nullable String note) {
        return in(tx -> resolve(tx, legId, how, actor, note));
    }

    @Override
    public Refund resolve(Tx tx, String legId, LegResolution how, String actor, @Nullable String note) {
        return approvals.resolve(tx, legId, how, actor, note);
    }

    @Override
    public Optional<Refund> find(String refundId) {
        return in(tx -> find(tx, refundId));
    }

    @Override
    public Optional<Refund> find(Tx tx, String refundId) {
        return stores.refunds().find(tx, refundId).map(row -> shown(tx, row));
    }

    private Refund shown(Tx tx, RefundRow row) {
        return forms.refund(row, forms.legs(stores.legs().ofRefund(tx, row.id())));
    }

    /** The refund that a leg belongs to. */
    Optional<Refund> findByLeg(Tx tx, String legId) {
        return stores.legs().find(tx, legId).flatMap(leg -> find(tx, leg.refundId()));
    }

    @Override
    public Page<Refund> page(RefundQuery query, PageRequest page) {
        RefundStore.Filter filter = new RefundStore.Filter(
                query.owner(),
                query.paymentId(),
                query.status() == null ? null : Forms.word(query.status()),
                query.reason() == null ? null : Forms.word(query.reason()),
                query.attention() == null ? null : query.attention().name(),
                query.createdFrom(),
                query.createdTo());
        return in(tx -> stores.refunds().page(tx, filter, page).map(row -> shown(tx, row)));
    }

    @Override
    public List<RefundHistoryEntry> history(String refundId) {
        return in(tx -> stores.refunds().history(tx, stores.refund(tx, refundId).id())).stream()
                .map(row -> new RefundHistoryEntry(
                        row.seq(), row.at(), row.event(), row.legId(), row.actor(), row.detail()))
                .toList();
    }

    @Override
    public RefundablePayments payments() {
        return payments;
    }

    @Override
    public NotificationReceipt receive(String provider, InboundNotification notification) {
        return notifications.receive(provider, notification);
    }

    @Override
    public Disputes disputes() {
        return disputes;
    }

    @Override
    public int erase(Tx tx, Owner owner) {
        return erasure.erase(tx, owner);
    }

    @Override
    public AccountCredits credits() {
        return credits;
    }

    @Override
    public RefundLedger ledger() {
        return this;
    }

    @Override
    public List<Posting> ofPayment(String paymentId) {
        return in(tx -> ofPayment(tx, paymentId));
    }

    @Override
    public List<Posting> ofPayment(Tx tx, String paymentId) {
        return stores.ledger().ofPayment(tx, paymentId).stream()
                .map(row -> new Posting(
                        row.source(),
                        row.kind(),
                        Account.valueOf(row.account()),
                        forms.money(row.amount(), row.currency()),
                        row.refundId(),
                        row.at()))
                .toList();
    }

    @Override
    public Map<String, ProviderCapabilities> providers() {
        Map<String, ProviderCapabilities> all = new TreeMap<>();
        providers.forEach((name, provider) -> all.put(name, provider.capabilities()));
        return all;
    }

    @Override
    public Map<RefundStatus, Long> refundsByStatus() {
        Map<RefundStatus, Long> counts = new EnumMap<>(RefundStatus.class);
        in(tx -> stores.refunds().countByStatus(tx))
                .forEach((status, count) -> counts.merge(RefundStatus.of(status), count, Long::sum));
        return counts;
    }

    @Override
    public ApiModule api() {
        return new RefundsApi(this, stores.transactions());
    }
}
