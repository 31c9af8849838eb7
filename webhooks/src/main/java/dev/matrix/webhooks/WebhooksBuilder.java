package dev.matrix.webhooks;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Matrix;
import dev.matrix.core.spi.AddressPolicy;
import dev.matrix.webhooks.spi.FilterEngine;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Wires webhooks into a Matrix. Not thread-safe. */
public final class WebhooksBuilder {

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
    String stripeHeader = "Matrix-Signature";

    WebhooksBuilder(Matrix matrix) {
        this.matrix = requireNonNull(matrix, "matrix");
    }

    /** At most how many requests this node has in flight; 1,024 by default. */
    public WebhooksBuilder maxInFlight(int requests) {
        this.maxInFlight = atLeastOne("maxInFlight", requests);
        return this;
    }

    /** At most how many bytes of a reply are read and logged; 16 KiB by default. */
    public WebhooksBuilder replyCap(int bytes) {
        if (bytes < 0) {
            throw new InvalidRequestException("replyCap is 0 bytes or more; " + bytes + " is not.");
        }
        this.replyCap = bytes;
        return this;
    }

    /** At most how many endpoints an owner has; 100 by default. */
    public WebhooksBuilder endpointsPerOwner(int endpoints) {
        this.endpointsPerOwner = atLeastOne("endpointsPerOwner", endpoints);
        return this;
    }

    /** How long a node holds an endpoint without renewing; 30 s by default, at least 5 s. */
    public WebhooksBuilder lease(Duration duration) {
        if (duration.compareTo(SHORTEST_LEASE) < 0) {
            throw new InvalidRequestException("A lease lasts 5 s or more; " + duration + " is shorter.");
        }
        this.lease = duration;
        return this;
    }

    /** Whether endpoints must be https, with a name of more than one label, on port 443 or 1024–65535; true by default. */
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
        this.attemptRetention = kept;
        return this;
    }

    /** After how long without a success, and 10 attempts, an endpoint is disabled; 120 h by default. */
    public WebhooksBuilder failingAfter(Duration without) {
        this.failingAfter = without;
        return this;
    }

    /** The header of {@link SignatureScheme#STRIPE}; {@code Matrix-Signature} by default. */
    public WebhooksBuilder stripeHeader(String name) {
        this.stripeHeader = requireNonNull(name, "name");
        return this;
    }

    private static int atLeastOne(String what, int value) {
        if (value < 1) {
            throw new InvalidRequestException(what + " is 1 or more; " + value + " is not.");
        }
        return value;
    }

    /**
     * Adds webhooks to the Matrix.
     *
     * @throws IllegalStateException when the Matrix has no transport, was started, or keeps events for less time than the
     *     standard retry schedule and its deferral take
     */
    public Webhooks build() {
        Duration kept =
                RetryPolicy.standard().span().plus(RetryPolicy.standard().deferralLimit());
        if (matrix.eventRetention().compareTo(kept) < 0) {
            throw new IllegalStateException("Events are kept for " + matrix.eventRetention() + ", yet a delivery may be"
                    + " retried for " + kept + "; raise Matrix.builder().eventRetention(…).");
        }
        matrix.keys().prepare(EndpointForm.SECRET_PURPOSE);
        matrix.keys().prepare(EndpointForm.HEADERS_PURPOSE);
        WebhookStores stores = WebhookStores.of(matrix.stores());
        EndpointForm form = new EndpointForm(matrix.json(), matrix.keys());
        EndpointChanges changes = new EndpointChanges(matrix.events(), stores.endpoints(), stores.deliveries(), form);
        Lanes lanes = new Lanes(maxInFlight, lease);
        Leasing leasing = new Leasing(stores, lanes, matrix.node(), lease);
        Requests requests = new Requests(matrix.json(), userAgent(), replyCap, addresses);
        Flush flush = new Flush(stores, changes, lanes, failingAfter, () -> {
            matrix.wake(Feed.NAME);
            matrix.wake(Dispatcher.NAME);
        });
        Dispatcher dispatcher = new Dispatcher(
                lanes,
                requests,
                matrix.transport(),
                matrix.storeClock(),
                matrix.random(),
                matrix.ids(),
                landing -> {
                    flush.add(landing);
                    matrix.wake(Flush.NAME);
                },
                flush::isFull,
                () -> matrix.wake(Dispatcher.NAME));
        Feed feed = new Feed(stores, leasing, lanes, form, requests, stripeHeader, dispatcher::pumpAll);
        Consumer<Collection<String>> hint = endpoints -> {
            feed.hint(endpoints);
            matrix.wake(Feed.NAME);
        };
        matrix.add(dispatcher);
        matrix.add(flush);
        matrix.add(feed);
        FilterEngine filters = MissingFilterEngine.orFound();
        matrix.add(new WebhookRouter(
                stores, form, filters, requests, matrix.events().types(), matrix.ids(), matrix.storeClock(), hint));
        TargetRules targets = new TargetRules(httpsOnly, addresses);
        EndpointRules rules =
                new EndpointRules(targets, matrix.events().types(), filters, stripeHeader, endpointsPerOwner);
        return new StoredWebhooks(matrix, stores, form, rules, changes, id -> hint.accept(List.of(id)));
    }

    private static String userAgent() {
        String version = Webhooks.class.getPackage().getImplementationVersion();
        return "Matrix-Webhooks/" + (version == null ? "dev" : version);
    }
}
