package dev.matrix.webhooks;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.ApiProblem;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.core.json.Json;
import dev.matrix.core.spi.Tx;
import dev.matrix.core.wire.Patch;
import dev.matrix.webhooks.WebhookRequests.CreateWebhook;
import dev.matrix.webhooks.WebhookRequests.ListWebhooks;
import dev.matrix.webhooks.WebhookRequests.UpdateWebhook;
import dev.matrix.webhooks.WebhookRequests.WebhookId;
import dev.matrix.webhooks.WebhookViews.Webhook;
import dev.matrix.webhooks.signing.SignatureScheme;
import dev.matrix.webhooks.spi.EndpointStore.Loaded;
import dev.matrix.webhooks.spi.FilterTooComplexException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Operations that make, show, change and end endpoints. */
record EndpointOperations(ApiArea area, StoredWebhooks webhooks) {

    private static final String TOO_COMPLEX = "filter_too_complex";

    List<Operation<?, ?>> all() {
        return List.of(
                area.writing(
                                Operation.post("/v1/webhooks", CreateWebhook.class, Reply.json(Webhook.class)),
                                "createWebhook",
                                "Registers an endpoint and shows its signing secret, this once.")
                        .byOwners()
                        .etag(EndpointOperations::version)
                        .error(TOO_COMPLEX, 422, "The filters of the owner's endpoints would cost too much together.")
                        .example("minimal", WebhookExamples.CREATE, WebhookExamples.CREATED)
                        .handle(this::create),
                area.reading(
                                Operation.get("/v1/webhooks", ListWebhooks.class, Reply.pageOf(Webhook.class)),
                                "listWebhooks",
                                "Lists an owner's endpoints.")
                        .example(
                                "active ones",
                                new ListWebhooks(null, EndpointStatus.ACTIVE, 20, null),
                                new Page<>(List.of(WebhookExamples.WEBHOOK), null))
                        .handle(this::list),
                area.reading(
                                Operation.get("/v1/webhooks/{id}", WebhookId.class, Reply.json(Webhook.class)),
                                "getWebhook",
                                "Shows an endpoint.")
                        .etag(EndpointOperations::version)
                        .example("an endpoint", WebhookExamples.ID, WebhookExamples.WEBHOOK)
                        .handle(this::get),
                area.writing(
                                Operation.patch("/v1/webhooks/{id}", UpdateWebhook.class, Reply.json(Webhook.class)),
                                "updateWebhook",
                                "Changes an endpoint; what is absent stays.")
                        .byOwners()
                        .etag(EndpointOperations::version)
                        .error(TOO_COMPLEX, 422, "The filters of the owner's endpoints would cost too much together.")
                        .example("pause", WebhookExamples.PAUSE, WebhookExamples.PAUSED)
                        .handle(this::update),
                area.writing(
                                Operation.delete("/v1/webhooks/{id}", WebhookId.class, Reply.none()),
                                "deleteWebhook",
                                "Deletes an endpoint and cancels what is open for it.")
                        .byOwners()
                        .example("an endpoint", WebhookExamples.ID, null)
                        .handle(this::delete));
    }

    private static String version(Webhook webhook) {
        return Long.toString(webhook.version());
    }

    private Webhook reply(EndpointView view, @Nullable String secret) {
        return Webhook.of(view, secret, webhooks.form().json());
    }

    private String text(Json filter) {
        return new String(webhooks.form().json().write(filter), StandardCharsets.UTF_8);
    }

    Webhook create(CreateWebhook q, ApiContext context) {
        Endpoint endpoint = Endpoint.to(q.url())
                .ownedBy(context.owner(q.owner()))
                .events(q.events().toArray(String[]::new));
        endpoint = set(endpoint, q.filter(), (one, filter) -> one.filter(text(filter)));
        endpoint = set(endpoint, q.schemes(), (one, all) -> one.signedWith(all.toArray(SignatureScheme[]::new)));
        endpoint = set(endpoint, q.secret(), Endpoint::secret);
        endpoint = set(endpoint, q.timeout(), Endpoint::timeout);
        endpoint = set(endpoint, q.maxInFlight(), Endpoint::maxInFlight);
        endpoint = set(endpoint, q.rateLimit(), (one, rate) -> one.rateLimit(rate.perSecond(), rate.burst()));
        endpoint = set(endpoint, q.ordering(), Endpoint::ordering);
        endpoint = set(endpoint, q.body(), Endpoint::body);
        endpoint = set(endpoint, q.retry(), Endpoint::retry);
        endpoint = set(endpoint, q.headers(), Endpoint::headers);
        endpoint = set(endpoint, q.description(), Endpoint::description);
        endpoint = set(endpoint, q.metadata(), Endpoint::metadata);
        Endpoint wanted = endpoint;
        Registered registered = filtered(() -> webhooks.register(context.tx(), wanted));
        return reply(registered.endpoint(), registered.secret());
    }

    private static <T> Endpoint set(Endpoint endpoint, @Nullable T value, BiFunction<Endpoint, T, Endpoint> setter) {
        return value == null ? endpoint : setter.apply(endpoint, value);
    }

    Page<Webhook> list(ListWebhooks q, ApiContext context) {
        return webhooks.endpoints(context.owner(q.owner()), q.status(), new PageRequest(q.limit(), q.cursor()))
                .map(view -> reply(view, null));
    }

    Webhook get(WebhookId q, ApiContext context) {
        return reply(webhooks.endpoint(owner(context, q.id()), q.id()), null);
    }

    Webhook update(UpdateWebhook q, ApiContext context) {
        Tx tx = context.tx();
        Owner owner = owner(context, q.id());
        Loaded seen = webhooks.stores().endpoint(tx, owner, q.id(), context.now());
        context.requireVersion(Long.toString(seen.row().version()));
        EndpointStatus status = q.status().applyTo(seen.row().status());
        Loaded changed = seen;
        if (changesSettings(q)) {
            filtered(() -> webhooks.update(tx, owner, q.id(), seen.row().version(), endpoint -> patched(endpoint, q)));
            changed = webhooks.stores().endpoint(tx, owner, q.id(), context.now());
        }
        Loaded current = changed;
        return reply(filtered(() -> webhooks.registrations().setStatus(tx, current, status)), null);
    }

    /** Tells callers by a code of its own that filters cost too much, as others than the one sent may have to be changed. */
    private static <R> R filtered(Supplier<R> change) {
        try {
            return change.get();
        } catch (FilterTooComplexException e) {
            throw ApiProblem.of(422, TOO_COMPLEX, requireNonNull(e.getMessage()));
        }
    }

    private static boolean changesSettings(UpdateWebhook q) {
        return Stream.of(
                        q.url(),
                        q.events(),
                        q.filter(),
                        q.schemes(),
                        q.timeout(),
                        q.maxInFlight(),
                        q.rateLimit(),
                        q.ordering(),
                        q.body(),
                        q.retry(),
                        q.headers(),
                        q.description(),
                        q.metadata())
                .anyMatch(Patch::isPresent);
    }

    private Endpoint patched(Endpoint endpoint, UpdateWebhook q) {
        EndpointSettings now = endpoint.settings();
        Endpoint changed = endpoint.url(q.url().applyTo(now.url()))
                .events(q.events().applyTo(now.events()).toArray(String[]::new))
                .signedWith(q.schemes().applyTo(now.schemes()).toArray(SignatureScheme[]::new))
                .timeout(q.timeout().applyTo(now.timeout()))
                .maxInFlight(q.maxInFlight().applyTo(now.maxInFlight()))
                .ordering(q.ordering().applyTo(now.ordering()))
                .body(q.body().applyTo(now.body()))
                .retry(q.retry().applyTo(now.retry()))
                .description(q.description().applyTo(now.description()))
                .metadata(q.metadata().applyTo(now.metadata()))
                .headers(q.headers().applyTo(endpoint.headers()))
                .rateLimit(q.rateLimit().applyTo(now.rateLimit()));
        if (q.filter().isPresent()) {
            Json filter = q.filter().applyTo(null);
            changed = changed.filter(filter == null ? null : text(filter));
        }
        return changed;
    }

    @Nullable
    Void delete(WebhookId q, ApiContext context) {
        webhooks.delete(context.tx(), owner(context, q.id()), q.id());
        return null;
    }

    private Owner owner(ApiContext context, String id) {
        return area.owner(context, "endpoint", id, tx -> webhooks.stores().ownerOfEndpoint(tx, id, context.now()));
    }
}
