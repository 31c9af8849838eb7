package dev.matrix.refunds;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Matrix;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.refunds.spi.RefundPolicy;
import dev.matrix.refunds.spi.RefundProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
     * Adds refunds to the Matrix.
     *
     * @throws IllegalStateException when the Matrix was started, two providers share a name, or one needs a transport and the
     *     Matrix has none; lists every fault
     */
    public Refunds build() {
        RefundStores stores = RefundStores.of(matrix.stores());
        Forms forms = new Forms(matrix.json(), matrix.currencies());
        StoredCredits credits = new StoredCredits(stores, forms, matrix.events(), matrix.storeClock());
        Map<String, RefundProvider> byName = registered(credits);
        RefundEvents events = new RefundEvents(matrix.events(), forms);
        Claims claims = new Claims(stores, forms, byName, matrix.random(), matrix.node(), lease);
        Settlements settlements = new Settlements(stores, forms, claims, events, matrix.storeClock());
        Calls calls = new Calls(transport(byName), matrix.storeClock(), matrix.random(), callTimeout);
        Lanes lanes = new Lanes(stores, claims, calls, settlements, byName.keySet(), matrix::wake);
        Runnable due = () -> matrix.wake(Lanes.NAME);
        Quotes quotes = new Quotes(byName);
        Decisions decisions = new Decisions(
                stores, forms, quotes, policy, events, matrix.ids(), matrix.storeClock(), approvalExpiry, due);
        Approvals approvals = new Approvals(stores, forms, settlements, claims, matrix.storeClock(), due);
        StoredPayments payments = new StoredPayments(stores, forms, events, matrix.ids(), matrix.storeClock());
        matrix.add(lanes);
        lanes.steps().forEach(matrix::add);
        matrix.add(new DueRefunds(stores, approvals));
        matrix.add(new PaymentFollower(payments));
        return new StoredRefunds(
                stores,
                forms,
                decisions,
                approvals,
                claims,
                lanes,
                payments,
                credits,
                byName,
                policy.and(selfService),
                matrix.ids(),
                matrix.storeClock());
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
        if (!faults.isEmpty()) {
            throw new IllegalStateException("Refunds can't be built: " + String.join(" ", faults));
        }
        return byName;
    }
}
