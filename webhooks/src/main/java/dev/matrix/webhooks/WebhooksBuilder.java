package dev.matrix.webhooks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.matrix.core.Matrix;
import dev.matrix.core.event.EventCatalog;
import dev.matrix.core.spi.AddressPolicy;
import dev.matrix.core.spi.BuildFaults;
import dev.matrix.webhooks.signing.SignatureScheme;
import dev.matrix.webhooks.signing.Signatures;
import dev.matrix.webhooks.spi.EndpointSecretStore.Kind;
import dev.matrix.webhooks.spi.FilterEngine;
import dev.matrix.webhooks.spi.WebhookListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Wires webhooks into a Matrix. Not thread-safe. */
public final class WebhooksBuilder {

    private static final int LARGEST_REPLY = 1 << 20;
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(5);

    private final Matrix matrix;
    int maxInFlight = 1_024;
    int replyCap = 16 << 10;
    int endpointsPerOwner = 100;
    Duration lease = Duration.ofSeconds(30);
    boolean httpsOnly = true;
    AddressPolicy addresses = AddressPolicy.publicOnly();
    Duration attemptRetention = Duration.ofDays(30);
    Duration failingAfter = Duration.ofDays(5);
    String stripeHeader = Signatures.STRIPE;
    private final List<WebhookListener> listeners = new ArrayList<>();

    WebhooksBuilder(Matrix matrix) {
        this.matrix = requireNonNull(matrix, "matrix");
    }

    /** At most how many requests this node has in flight; 1,024 by default. */
    public WebhooksBuilder maxInFlight(int requests) {
        this.maxInFlight = requests;
        return this;
    }

    /** At most how many bytes of a reply are read and logged; 16 KiB by default, at most 1 MiB. */
    public WebhooksBuilder replyCap(int bytes) {
        this.replyCap = bytes;
        return this;
    }

    /** At most how many endpoints an owner has; 100 by default. */
    public WebhooksBuilder endpointsPerOwner(int endpoints) {
        this.endpointsPerOwner = endpoints;
        return this;
    }

    /** How long a node holds an endpoint without renewing; 30 s by default, at least 5 s. */
    public WebhooksBuilder lease(Duration duration) {
        this.lease = requireNonNull(duration, "duration");
        return this;
    }

    /**
     * Whether endpoints must be https; true by default. Where they needn't be, and private ranges are allowed by
     * {@link #addresses}, names of private networks may be registered too: {@code localhost}, those of one label,
     * {@code *.local} and {@code *.internal}.
     */
    public WebhooksBuilder httpsOnly(boolean required) {
        this.httpsOnly = required;
        return this;
    }

    /** Which addresses may be sent to; {@link AddressPolicy#publicOnly()} by default. */
    public WebhooksBuilder addresses(AddressPolicy policy) {
        this.addresses = requireNonNull(policy, "policy");
        return this;
    }

    /** How long attempts are kept; 30 days by default. */
    public WebhooksBuilder attemptRetention(Duration kept) {
        this.attemptRetention = requireNonNull(kept, "kept");
        return this;
    }

    /** After how long without a success, and 10 attempts, an endpoint is disabled; 120 h by default. */
    public WebhooksBuilder failingAfter(Duration without) {
        this.failingAfter = requireNonNull(without, "without");
        return this;
    }

    /**
     * The header of {@link SignatureScheme#STRIPE}; {@code Matrix-Signature} by default. Not one that is set by Matrix or by
     * HTTP.
     */
    public WebhooksBuilder stripeHeader(String name) {
        this.stripeHeader = requireNonNull(name, "name");
        return this;
    }

    /** Told of attempts and endpoints after they have committed; none by default, several may be added. */
    public WebhooksBuilder listener(WebhookListener listener) {
        listeners.add(requireNonNull(listener, "listener"));
        return this;
    }

    private void check() {
        Duration reach = RetryPolicy.standard().reach();
        new BuildFaults("Webhooks")
                .wiring(
                        matrix.eventRetention().compareTo(reach) >= 0,
                        "Events are kept for " + matrix.eventRetention() + ", yet a delivery may be retried for "
                                + reach + "; raise Matrix.builder().eventRetention(…).")
                .check(matrix::transport)
                .value(maxInFlight >= 1, "maxInFlight is 1 or more; " + maxInFlight + " is not.")
                .value(
                        replyCap >= 0 && replyCap <= LARGEST_REPLY,
                        "replyCap is 0 to " + LARGEST_REPLY + " bytes; " + replyCap + " is not.")
                .value(endpointsPerOwner >= 1, "endpointsPerOwner is 1 or more; " + endpointsPerOwner + " is not.")
                .value(lease.compareTo(SHORTEST_LEASE) >= 0, "A lease lasts 5 s or more; " + lease + " is shorter.")
                .value(
                        isPositive(attemptRetention),
                        "attemptRetention is longer than 0; " + attemptRetention + " is not.")
                .value(isPositive(failingAfter), "failingAfter is longer than 0; " + failingAfter + " is not.")
                .check(() -> checkStripeHeader(stripeHeader))
                .raise();
    }

    private static boolean isPositive(Duration value) {
        return !value.isNegative() && !value.isZero();
    }

    private static void checkStripeHeader(String name) {
        if (!name.equalsIgnoreCase(Signatures.STRIPE)) {
            CustomHeaders.check(Map.of(name, ""));
        }
    }

    /**
     * Adds webhooks to the Matrix.
     *
     * @throws IllegalStateException when the Matrix has no transport, was started, or keeps events for less time than the
     *     standard retry schedule and its deferral take
     * @throws dev.matrix.core.InvalidRequestException when a setting is not allowed; the message lists each
     */
    public Webhooks build() {
        check();
        WebhookStores stores = WebhookStores.of(matrix.stores());
        InstantSource clock = matrix.storeClock();
        matrix.add(new EndpointSecrets(stores, Kind.KEY));
        matrix.add(new EndpointSecrets(stores, Kind.HEADERS));
        EndpointForm form = new EndpointForm(matrix.json(), matrix.keys());
        Listeners told = new Listeners(listeners, stores, form, clock);
        EndpointChanges changes = new EndpointChanges(matrix.events(), stores, form, told);
        Lanes lanes = new Lanes(maxInFlight, lease);
        Leasing leasing = new Leasing(stores, lanes, matrix.node(), lease);
        Requests requests = new Requests(matrix.json(), userAgent(), replyCap, addresses);
        Flush flush = new Flush(stores, changes, lanes, failingAfter, () -> {
            matrix.wake(Feed.NAME);
            matrix.wake(Dispatcher.NAME);
        });
        Dispatcher dispatcher = new Dispatcher(
                lanes, requests, matrix.transport(), clock, matrix.random(), matrix.ids(), flush, matrix::wake);
        Handover handover = new Handover(lanes, leasing, requests, clock, matrix::wake);
        Consumer<String> due = endpoint -> handover.look(List.of(endpoint));
        EventCatalog types = matrix.events().types();
        TestEvents tests = new TestEvents(types, matrix.json(), matrix.ids(), clock, stores, due);
        FilterEngine filters = MissingFilterEngine.orFound();
        matrix.add(dispatcher);
        matrix.add(flush);
        matrix.add(new Feed(stores, leasing, lanes, form, requests, tests, stripeHeader, clock, dispatcher::pumpAll));
        WebhookRouter router = new WebhookRouter(
                stores,
                form,
                filters,
                requests,
                types,
                matrix.ids(),
                clock,
                handover::accept,
                handover::look,
                () -> matrix.wake(RouteRefresh.NAME));
        matrix.add(router);
        matrix.add(new RouteRefresh(stores.transactions(), router));
        MissedEvents missed = new MissedEvents(stores, form, filters, requests, types, matrix.ids());
        matrix.add(new RecoveryStep(stores, missed, due));
        matrix.add(new Retention(stores, attemptRetention, matrix.eventRetention()));
        EndpointRules rules = new EndpointRules(
                new TargetRules(httpsOnly, addresses),
                types,
                filters,
                stripeHeader,
                endpointsPerOwner,
                matrix.eventRetention());
        NewKeys newKeys = new NewKeys(matrix.ids(), matrix.random());
        return new StoredWebhooks(
                matrix.events(),
                clock,
                stores,
                form,
                new Registrations(clock, stores, form, newKeys, rules, changes, handover::changed, handover::mended),
                new Rotations(clock, stores, form, newKeys, changes, handover::changed),
                new DeliveryDesk(stores, clock, handover::now, handover::changed),
                tests,
                new Recoveries(stores, matrix.ids(), clock, () -> matrix.wake(RecoveryStep.NAME)),
                new Statistics(stores, clock),
                handover::erased);
    }

    /** From a file beside the class, which stays so in a host's own jar, whose manifest has the host's version. */
    private static String userAgent() {
        try (InputStream version = requireNonNull(Webhooks.class.getResourceAsStream("version"), "version")) {
            return "Matrix-Webhooks/" + new String(version.readAllBytes(), US_ASCII).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
