package dev.matrix.webhooks;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.webhooks.WebhookRequests.DeliveryId;
import dev.matrix.webhooks.WebhookRequests.ListAttempts;
import dev.matrix.webhooks.WebhookRequests.ListDeliveries;
import dev.matrix.webhooks.WebhookViews.WebhookAttempt;
import dev.matrix.webhooks.WebhookViews.WebhookDelivery;
import java.util.List;

/** Operations on deliveries and their attempts. */
record DeliveryOperations(ApiArea area, StoredWebhooks webhooks) {

    List<Operation<?, ?>> all() {
        return List.of(
                area.reading(
                                Operation.get(
                                        "/v1/webhooks/{id}/deliveries",
                                        ListDeliveries.class,
                                        Reply.pageOf(WebhookDelivery.class)),
                                "listWebhookDeliveries",
                                "Lists an endpoint's deliveries, the oldest first.")
                        .example(
                                "exhausted ones",
                                WebhookExamples.LIST_DELIVERIES,
                                new Page<>(List.of(WebhookExamples.EXHAUSTED), null))
                        .handle(this::list),
                area.reading(
                                Operation.get(
                                        "/v1/webhook-deliveries/{id}",
                                        DeliveryId.class,
                                        Reply.json(WebhookDelivery.class)),
                                "getWebhookDelivery",
                                "Shows a delivery.")
                        .example("an exhausted one", WebhookExamples.DELIVERY_ID, WebhookExamples.EXHAUSTED)
                        .handle(this::get),
                area.reading(
                                Operation.get(
                                        "/v1/webhook-deliveries/{id}/attempts",
                                        ListAttempts.class,
                                        Reply.pageOf(WebhookAttempt.class)),
                                "listWebhookAttempts",
                                "Lists the requests of a delivery with what was replied, the oldest first.")
                        .example(
                                "one attempt",
                                WebhookExamples.LIST_ATTEMPTS,
                                new Page<>(List.of(WebhookExamples.ATTEMPT), null))
                        .handle(this::attempts),
                area.writing(
                                Operation.post(
                                        "/v1/webhook-deliveries/{id}/retries",
                                        DeliveryId.class,
                                        Reply.json(WebhookDelivery.class)),
                                "retryWebhookDelivery",
                                "Sends a delivery now; a finished one starts from the beginning.")
                        .byOwners()
                        .status(202)
                        .example("an exhausted one", WebhookExamples.DELIVERY_ID, WebhookExamples.RETRIED)
                        .handle(this::retry),
                area.writing(
                                Operation.post(
                                        "/v1/webhook-deliveries/{id}/cancellations",
                                        DeliveryId.class,
                                        Reply.json(WebhookDelivery.class)),
                                "cancelWebhookDelivery",
                                "Cancels an open delivery.")
                        .byOwners()
                        .example("a waiting one", WebhookExamples.DELIVERY_ID, WebhookExamples.CANCELLED)
                        .handle(this::cancel));
    }

    Page<WebhookDelivery> list(ListDeliveries q, ApiContext context) {
        Owner owner = ownerOfEndpoint(context, q.id());
        webhooks.endpoint(owner, q.id());
        DeliveryQuery query = new DeliveryQuery(q.id(), q.state(), q.eventType(), q.since(), q.until());
        return webhooks.deliveries(owner, query, new PageRequest(q.limit(), q.cursor()))
                .map(WebhookDelivery::of);
    }

    WebhookDelivery get(DeliveryId q, ApiContext context) {
        return WebhookDelivery.of(webhooks.delivery(ownerOfDelivery(context, q.id()), q.id()));
    }

    Page<WebhookAttempt> attempts(ListAttempts q, ApiContext context) {
        Owner owner = ownerOfDelivery(context, q.id());
        return webhooks.attempts(owner, q.id(), new PageRequest(q.limit(), q.cursor()))
                .map(WebhookAttempt::of);
    }

    WebhookDelivery retry(DeliveryId q, ApiContext context) {
        Owner owner = ownerOfDelivery(context, q.id());
        return WebhookDelivery.of(webhooks.retry(context.tx(), owner, q.id()));
    }

    WebhookDelivery cancel(DeliveryId q, ApiContext context) {
        Owner owner = ownerOfDelivery(context, q.id());
        return WebhookDelivery.of(webhooks.cancel(context.tx(), owner, q.id()));
    }

    private Owner ownerOfEndpoint(ApiContext context, String id) {
        return area.owner(context, "endpoint", id, tx -> webhooks.stores().ownerOfEndpoint(tx, id, context.now()));
    }

    private Owner ownerOfDelivery(ApiContext context, String id) {
        return area.owner(context, "delivery", id, tx -> webhooks.stores().ownerOfDelivery(tx, id));
    }
}
