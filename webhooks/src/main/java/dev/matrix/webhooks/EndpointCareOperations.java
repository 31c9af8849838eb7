package dev.matrix.webhooks;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.ApiProblem;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.WebhookRequests.GetStats;
import dev.matrix.webhooks.WebhookRequests.RecoveryId;
import dev.matrix.webhooks.WebhookRequests.RotateSecret;
import dev.matrix.webhooks.WebhookRequests.SendTest;
import dev.matrix.webhooks.WebhookRequests.StartRecovery;
import dev.matrix.webhooks.WebhookRequests.WebhookId;
import dev.matrix.webhooks.WebhookViews.WebhookDelivery;
import dev.matrix.webhooks.WebhookViews.WebhookJwk;
import dev.matrix.webhooks.WebhookViews.WebhookJwkSet;
import dev.matrix.webhooks.WebhookViews.WebhookRecovery;
import dev.matrix.webhooks.WebhookViews.WebhookRotation;
import dev.matrix.webhooks.WebhookViews.WebhookStats;
import dev.matrix.webhooks.signing.PublicKey;
import dev.matrix.webhooks.signing.SigningKey;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operations that look after an endpoint: figures, keys, tests, recoveries. */
record EndpointCareOperations(ApiArea area, StoredWebhooks webhooks) {

    List<Operation<?, ?>> all() {
        return List.of(
                area.reading(
                                Operation.get(
                                        "/v1/webhooks/{id}/stats", GetStats.class, Reply.json(WebhookStats.class)),
                                "getWebhookStats",
                                "Counts an endpoint's deliveries of late by what became of them.")
                        .example("the last day", WebhookExamples.GET_STATS, WebhookExamples.STATS)
                        .handle(this::stats),
                area.reading(
                                Operation.get(
                                        "/v1/webhooks/{id}/public-keys",
                                        WebhookId.class,
                                        Reply.json(WebhookJwkSet.class)),
                                "listWebhookPublicKeys",
                                "Lists the keys that verify an endpoint's asymmetric signatures, as a JWK set.")
                        .example("one key", WebhookExamples.ID, WebhookExamples.JWK_SET)
                        .handle(this::publicKeys),
                area.writing(
                                Operation.post(
                                        "/v1/webhooks/{id}/secret-rotations",
                                        RotateSecret.class,
                                        Reply.json(WebhookRotation.class)),
                                "rotateWebhookSecret",
                                "Gives an endpoint a new key; older ones sign on until their grace ends.")
                        .byOwners()
                        .status(201)
                        .example("a day of grace", WebhookExamples.ROTATE, WebhookExamples.ROTATION)
                        .handle(this::rotate),
                area.writing(
                                Operation.post(
                                        "/v1/webhooks/{id}/test-events",
                                        SendTest.class,
                                        Reply.json(WebhookDelivery.class)),
                                "sendWebhookTestEvent",
                                "Sends the example of an event type to an endpoint, marked as a test.")
                        .byOwners()
                        .status(202)
                        .example("a payment", WebhookExamples.SEND_TEST, WebhookExamples.TEST)
                        .handle(this::sendTest),
                area.writing(
                                Operation.post(
                                        "/v1/webhooks/{id}/recoveries",
                                        StartRecovery.class,
                                        Reply.json(WebhookRecovery.class)),
                                "startWebhookRecovery",
                                "Begins to send again what an endpoint has missed in a span of time.")
                        .byOwners()
                        .status(202)
                        .example("since the morning", WebhookExamples.START_RECOVERY, WebhookExamples.RECOVERY)
                        .handle(this::startRecovery),
                area.reading(
                                Operation.get(
                                        "/v1/webhooks/{id}/recoveries/{recoveryId}",
                                        RecoveryId.class,
                                        Reply.json(WebhookRecovery.class)),
                                "getWebhookRecovery",
                                "Shows a recovery and how far it has come.")
                        .example("a running one", WebhookExamples.RECOVERY_ID, WebhookExamples.RECOVERY)
                        .handle(this::recovery),
                area.writing(
                                Operation.delete(
                                        "/v1/webhooks/{id}/recoveries/{recoveryId}", RecoveryId.class, Reply.none()),
                                "stopWebhookRecovery",
                                "Stops a recovery; what it has made due stays due.")
                        .byOwners()
                        .example("a running one", WebhookExamples.RECOVERY_ID, null)
                        .handle(this::stopRecovery));
    }

    WebhookStats stats(GetStats q, ApiContext context) {
        return WebhookStats.of(webhooks.stats(owner(context, q.id()), q.id(), q.window()));
    }

    WebhookJwkSet publicKeys(WebhookId q, ApiContext context) {
        List<PublicKey> keys = webhooks.publicKeys(owner(context, q.id()), q.id());
        return new WebhookJwkSet(keys.stream().map(WebhookJwk::of).toList());
    }

    WebhookRotation rotate(RotateSecret q, ApiContext context) {
        Owner owner = owner(context, q.id());
        RotationRequest request = new RotationRequest(
                q.keyPair() ? SigningKey.Kind.ED25519 : SigningKey.Kind.SECRET,
                q.secret(),
                Duration.ofSeconds(q.graceSeconds()));
        return WebhookRotation.of(webhooks.rotateSecret(context.tx(), owner, q.id(), request));
    }

    WebhookDelivery sendTest(SendTest q, ApiContext context) {
        Owner owner = owner(context, q.id());
        return webhooks.tests()
                .send(context.tx(), owner, q.id(), q.eventType())
                .map(WebhookDelivery::of)
                .orElseThrow(() -> ApiProblem.of(
                                429,
                                "rate_limited",
                                "Endpoint " + q.id() + " has had " + TestEvents.MOST + " test events within a minute.")
                        .retryAfter(TestEvents.PER.dividedBy(TestEvents.MOST)));
    }

    WebhookRecovery startRecovery(StartRecovery q, ApiContext context) {
        Owner owner = owner(context, q.id());
        RecoveryRequest request = new RecoveryRequest(q.since(), q.until(), q.include());
        return WebhookRecovery.of(webhooks.recover(context.tx(), owner, q.id(), request));
    }

    WebhookRecovery recovery(RecoveryId q, ApiContext context) {
        Owner owner = ownerOfRecovery(context, q.recoveryId());
        return WebhookRecovery.of(checkOfEndpoint(q, webhooks.recovery(owner, q.recoveryId())));
    }

    @Nullable
    Void stopRecovery(RecoveryId q, ApiContext context) {
        Tx tx = context.tx();
        Owner owner = ownerOfRecovery(context, q.recoveryId());
        checkOfEndpoint(q, webhooks.recoveries().find(tx, owner, q.recoveryId()));
        webhooks.stopRecovery(tx, owner, q.recoveryId());
        return null;
    }

    private static Recovery checkOfEndpoint(RecoveryId q, Recovery recovery) {
        if (!recovery.endpointId().equals(q.id())) {
            throw new NotFoundException("No recovery " + q.recoveryId() + " of endpoint " + q.id() + ".");
        }
        return recovery;
    }

    private Owner owner(ApiContext context, String id) {
        return area.owner(context, "endpoint", id, tx -> webhooks.stores().ownerOfEndpoint(tx, id, context.now()));
    }

    private Owner ownerOfRecovery(ApiContext context, String id) {
        return area.owner(context, "recovery", id, tx -> webhooks.stores().ownerOfRecovery(tx, id));
    }
}
