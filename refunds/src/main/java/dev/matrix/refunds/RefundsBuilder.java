package dev.matrix.refunds;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Matrix;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.RefundPolicy;
import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.refunds.spi.RefundSecretStore.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Wires refunds into a Matrix. Not thread-safe. */
public final class RefundsBuilder {

    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);

    private final Matrix matrix;
    private final List<RefundProvider> providers = new ArrayList<>();
    private RefundPolicy policy = RefundPolicy.allowAll();
    private RefundPolicy selfService = RefundPolicy.approvalAlways();
    private Duration callTimeout = Duration.ofSeconds(30);
    private Duration lease = Duration.ofSeconds(90);
    private Duration approvalExpiry = Duration.ofDays(30);
    private List<Duration> reminders = List.of(Duration.ofHours(72), Duration.ofHours(24));
    private @Nullable Money autoAccept;
    private boolean rekeys;
    private boolean followsSlaCredits;

    RefundsBuilder(Matrix matrix) {
        this.matrix = requireNonNull(matrix, "matrix");
    }

    /** Adds a provider. {@code account_credit} and {@code manual} are always there. */
    public RefundsBuilder provider(RefundProvider provider) {
        providers.add(requireNonNull(provider, "provider"));
        return this;
    }

    /** Decides about every refund; {@link RefundPolicy#allowAll()} by default. */
    public RefundsBuilder policy(RefundPolicy decides) {
        this.policy = requireNonNull(decides, "decides");
        return this;
    }

    /** Decides, after the policy, about refunds that customers ask for over HTTP; by default each needs approval. */
    public RefundsBuilder selfService(RefundPolicy decides) {
        this.selfService = requireNonNull(decides, "decides");
        return this;
    }

    /** How long a call of a provider may take in all; 30 s by default, at least 1 s and less than the lease. */
    public RefundsBuilder callTimeout(Duration timeout) {
        this.callTimeout = requireNonNull(timeout, "timeout");
        return this;
    }

    /** How long a node holds a leg; 90 s by default, longer than the call timeout. */
    public RefundsBuilder lease(Duration held) {
        this.lease = requireNonNull(held, "held");
        return this;
    }

    /** After how long a refund that nobody approved is cancelled; 30 days by default. */
    public RefundsBuilder approvalExpiry(Duration after) {
        this.approvalExpiry = requireNonNull(after, "after");
        return this;
    }

    /**
     * Whether a leg may be sent once under a new key by itself: after two absences that can be believed and are far enough apart,
     * when the provider has forgotten the old key. False by default: a person decides, by {@link Refunds#resolve}.
     */
    public RefundsBuilder rekeyAfterAbsence(boolean allowed) {
        this.rekeys = allowed;
        return this;
    }

    /** How long before a dispute's deadline {@code dispute.evidence_due} tells of it; 72 and 24 hours by default. */
    public RefundsBuilder disputeReminders(Duration... leads) {
        this.reminders = List.of(leads);
        return this;
    }

    /** Accepts disputes of less than this, in its currency, without a person; by default none. */
    public RefundsBuilder autoAcceptDisputes(Money below) {
        this.autoAccept = requireNonNull(below, "below");
        return this;
    }

    /**
     * Refunds credits for missed service levels whose settlement is {@code refund}, as the event {@code sla.credit_issued} tells them;
     * by default they are left alone.
     */
    public RefundsBuilder followSlaCredits() {
        this.followsSlaCredits = true;
        return this;
    }

    /**
     * Adds refunds to the Matrix.
     *
     * @throws IllegalStateException when the Matrix was started, two providers share a name, or one needs a transport and the
     *     Matrix has none; lists every fault
     */
    public Refunds build() {
        RefundStores stores = RefundStores.of(matrix.stores());
        Forms forms = new Forms(matrix.json(), matrix.currencies());
        InstantSource clock = matrix.storeClock();
        StoredCredits credits = new StoredCredits(stores, forms, matrix.events(), clock);
        Map<String, RefundProvider> byName = registered(credits);
        SealedValues sealed = sealed(stores);
        HttpTransport transport = transport(byName);
        Calls.Contexts contexts =
                bounded -> new ProviderContext(bounded, clock, matrix.random(), matrix.stores(), matrix.currencies());
        Calls calls = new Calls(transport, contexts, clock, sealed, forms, callTimeout);
        RefundEvents events = new RefundEvents(matrix.events(), forms);
        Balances balances = new Balances(stores, events);
        Claims claims = new Claims(stores, forms, byName, matrix.random(), matrix.node(), lease, rekeys);
        Settlements settlements = new Settlements(stores, forms, claims, balances, events, clock);
        Lanes lanes = new Lanes(stores, claims, calls, settlements, byName.keySet(), matrix::wake);
        Runnable due = () -> matrix.wake(Lanes.NAME);
        Decisions decisions = new Decisions(
                stores,
                forms,
                new Quotes(byName),
                policy,
                balances,
                sealed,
                events,
                matrix.ids(),
                clock,
                approvalExpiry,
                due);
        Approvals approvals = new Approvals(stores, forms, settlements, claims, clock, due);
        StoredPayments payments = new StoredPayments(stores, forms, balances, events, matrix.ids(), clock);
        DisputeBooks books = new DisputeBooks(stores, forms, balances, matrix.events());
        DisputeAnswers answers =
                new DisputeAnswers(stores, forms, books, calls, byName, reminders, autoAccept, lease, clock);
        StoredDisputes disputes =
                new StoredDisputes(stores, forms, books, answers, sealed, reminders, matrix.ids(), clock);
        OutsideRefunds outside = new OutsideRefunds(
                stores, forms, claims, settlements, balances, events, calls, byName, matrix.ids(), clock, due);
        matrix.add(lanes);
        lanes.steps().forEach(matrix::add);
        matrix.add(new DueRefunds(stores, approvals));
        matrix.add(new Retention(stores));
        matrix.add(new Neglected(stores, forms, settlements, byName.keySet()));
        OutsideDisputes news = new OutsideDisputes(stores, forms, disputes, calls, byName, clock);
        for (RefundProvider provider : byName.values()) {
            String name = provider.name();
            matrix.add(new DisputeStep(name, answers));
            if (provider.capabilities().remote() || provider.feed().isPresent()) {
                matrix.add(new Inbox(name, stores, outside, news, lease, clock));
            }
            provider.feed()
                    .ifPresent(feed -> matrix.add(new FeedStep(
                            name,
                            feed,
                            stores,
                            matrix.stores().get(LeaseStore.class),
                            calls,
                            matrix.node(),
                            matrix::wake)));
        }
        matrix.add(new PaymentFollower(payments));
        if (followsSlaCredits) {
            matrix.add(new SlaCredits(stores, forms, decisions, policy, events, clock));
        }
        return new StoredRefunds(
                stores,
                forms,
                decisions,
                approvals,
                claims,
                lanes,
                payments,
                credits,
                disputes,
                new Notifications(stores, calls, transport, clock, byName, matrix::wake),
                new Erasure(stores, forms, byName),
                byName,
                policy.and(selfService),
                matrix.ids(),
                clock);
    }

    private SealedValues sealed(RefundStores stores) {
        for (Kind kind : Kind.values()) {
            matrix.keys().prepare(SealedValues.purpose(kind));
            matrix.add(new ResealedValues(stores, kind));
        }
        return new SealedValues(stores.secrets(), matrix.keys());
    }

    private HttpTransport transport(Map<String, RefundProvider> byName) {
        boolean needed = byName.values().stream()
                .anyMatch(provider -> provider.capabilities().remote());
        return needed ? matrix.transport() : new NoTransport();
    }

    private Map<String, RefundProvider> registered(StoredCredits credits) {
        List<RefundProvider> all = new ArrayList<>(providers);
        all.add(new AccountCreditProvider(credits));
        all.add(new ManualProvider());
        List<String> faults = new ArrayList<>();
        Map<String, RefundProvider> byName = new TreeMap<>();
        for (RefundProvider provider : all) {
            if (byName.put(provider.name(), provider) != null) {
                faults.add("Two providers are named " + provider.name() + ".");
            }
            try {
                Checks.provider(provider.name());
            } catch (InvalidRequestException malformed) {
                faults.add(malformed.getMessage());
            }
        }
        if (byName.size() > Lanes.COUNT) {
            faults.add("At most " + Lanes.COUNT + " providers can be registered.");
        }
        if (callTimeout.compareTo(SHORTEST_TIMEOUT) < 0 || callTimeout.compareTo(lease) >= 0) {
            faults.add("The call timeout is 1 s or more and shorter than the lease; " + callTimeout + " and " + lease
                    + " are not.");
        }
        if (approvalExpiry.isNegative() || approvalExpiry.isZero()) {
            faults.add("approvalExpiry is longer than 0.");
        }
        if (reminders.stream().anyMatch(lead -> lead.isNegative() || lead.isZero())) {
            faults.add("Dispute reminders come longer than 0 before the deadline.");
        }
        if (!faults.isEmpty()) {
            throw new IllegalStateException("Refunds can't be built: " + String.join(" ", faults));
        }
        return byName;
    }
}
