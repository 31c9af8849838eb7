package dev.matrix.webhooks;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ApiModuleContract;
import dev.matrix.testkit.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Webhooks' operations keep the contract of modules. */
class WebhooksContractTest implements ApiModuleContract {

    private @Nullable Node node;

    @Override
    public Matrix matrix(Stores stores) {
        Node made =
                new Node(stores, ManualClock.at("2026-11-02T09:30:00Z"), new Receivers(), "one", webhooks -> webhooks);
        node = made;
        return made.matrix;
    }

    @Override
    public ApiModule module(Matrix matrix) {
        return requireNonNull(node).webhooks.api();
    }

    @Override
    public Set<String> writableByOwners() {
        return Set.of(
                "createWebhook",
                "updateWebhook",
                "deleteWebhook",
                "rotateWebhookSecret",
                "sendWebhookTestEvent",
                "startWebhookRecovery",
                "stopWebhookRecovery",
                "retryWebhookDelivery",
                "cancelWebhookDelivery");
    }

    @Override
    public Map<String, String> existing(Matrix matrix, Owner owner) {
        Webhooks webhooks = requireNonNull(node).webhooks;
        Map<String, String> paths = new HashMap<>();
        for (Map.Entry<String, String> each : Map.of(
                        "getWebhook", "",
                        "updateWebhook", "",
                        "deleteWebhook", "",
                        "getWebhookStats", "/stats",
                        "listWebhookPublicKeys", "/public-keys",
                        "listWebhookDeliveries", "/deliveries",
                        "rotateWebhookSecret", "/secret-rotations",
                        "sendWebhookTestEvent", "/test-events",
                        "startWebhookRecovery", "/recoveries")
                .entrySet()) {
            paths.put(each.getKey(), "/v1/webhooks/" + endpoint(webhooks, owner) + each.getValue());
        }
        for (String operation : new String[] {"getWebhookRecovery", "stopWebhookRecovery"}) {
            String id = endpoint(webhooks, owner);
            Instant now = matrix.storeClock().instant();
            Recovery recovery = webhooks.recover(owner, id, RecoveryRequest.since(now.minus(Duration.ofHours(1))));
            paths.put(operation, "/v1/webhooks/" + id + "/recoveries/" + recovery.id());
        }
        for (Map.Entry<String, String> each : Map.of(
                        "getWebhookDelivery", "",
                        "listWebhookAttempts", "/attempts",
                        "retryWebhookDelivery", "/retries",
                        "cancelWebhookDelivery", "/cancellations")
                .entrySet()) {
            Delivery delivery = webhooks.sendTest(owner, endpoint(webhooks, owner), "payment.succeeded");
            if (each.getKey().equals("retryWebhookDelivery")) {
                webhooks.cancel(owner, delivery.id());
            }
            paths.put(each.getKey(), "/v1/webhook-deliveries/" + delivery.id() + each.getValue());
        }
        return paths;
    }

    private static String endpoint(Webhooks webhooks, Owner owner) {
        return webhooks.register(
                        Endpoint.to(URI.create(Node.URL)).ownedBy(owner).events("payment.*"))
                .endpoint()
                .id();
    }
}
