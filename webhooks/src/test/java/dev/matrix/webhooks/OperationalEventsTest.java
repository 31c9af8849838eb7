package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.payload.DeliveryExhausted;
import dev.matrix.core.event.payload.EndpointChanged;
import dev.matrix.core.spi.TransportException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the log tells of endpoints. */
@Tag("W42")
class OperationalEventsTest {

    private static final RetryPolicy ONCE = new RetryPolicy(List.of(), 0, Duration.ZERO);

    private final Node node = Node.alone();

    private List<BillingEvent> events(String... types) {
        return node.matrix
                .events()
                .page(EventQuery.all().ofTypes(types), PageRequest.first(1_000))
                .items();
    }

    private List<String> types(Registered endpoint) {
        return node.matrix.events().page(EventQuery.all(), PageRequest.first(1_000)).items().stream()
                .filter(event -> event.subject().equals(endpoint.endpoint().id()))
                .map(event -> event.type().name())
                .toList();
    }

    @Test
    void everyChangeOfAnEndpointIsAnEvent() {
        Registered registered = node.webhooks.register(Node.endpoint());
        String id = registered.endpoint().id();
        node.webhooks.update(Node.ALICE, id, 1, endpoint -> endpoint.description("new"));
        node.webhooks.setStatus(Node.ALICE, id, EndpointStatus.PAUSED);
        node.webhooks.setStatus(Node.ALICE, id, EndpointStatus.DISABLED);
        node.webhooks.setStatus(Node.ALICE, id, EndpointStatus.ACTIVE);
        node.webhooks.rotateSecret(Node.ALICE, id, RotationRequest.ofSecret());
        node.webhooks.delete(Node.ALICE, id);

        assertThat(types(registered))
                .containsExactly(
                        "endpoint.created",
                        "endpoint.updated",
                        "endpoint.updated",
                        "endpoint.disabled",
                        "endpoint.enabled",
                        "endpoint.secret_rotated",
                        "endpoint.deleted");
        EndpointChanged disabled =
                (EndpointChanged) events("endpoint.disabled").get(0).payload();
        assertThat(disabled.reason()).isEqualTo("manual");
        assertThat(disabled.status()).isEqualTo("disabled");
        assertThat(((EndpointChanged) events("endpoint.deleted").get(0).payload()).status())
                .isEqualTo("deleted");
    }

    @Test
    @Tag("W20")
    void aBreakerThatOpensAndTheFirstSuccessAfterAreTold() {
        Registered registered = node.webhooks.register(Node.endpoint());
        node.receivers.failing(Node.URL, TransportException.Kind.CONNECT);
        for (int i = 0; i < 10; i++) {
            node.publish("i-" + i);
        }
        node.drive();
        assertThat(types(registered)).containsExactly("endpoint.created", "endpoint.failing");
        EndpointChanged failing =
                (EndpointChanged) events("endpoint.failing").get(0).payload();
        assertThat(failing.failingSince()).isEqualTo(node.clock.instant());

        node.receivers.at(Node.URL, 404);
        node.advance(Duration.ofMinutes(10));
        assertThat(types(registered)).containsExactly("endpoint.created", "endpoint.failing");

        node.receivers.at(Node.URL, 200);
        node.advance(Duration.ofHours(1));

        assertThat(types(registered)).containsExactly("endpoint.created", "endpoint.failing", "endpoint.recovered");
    }

    @Test
    void exhaustedDeliveriesAreToldOnceAnHourWithTheirNumber() {
        Registered registered = node.webhooks.register(Node.endpoint().retry(ONCE));
        node.receivers.at(Node.URL, 404);
        node.publish("i-1");
        node.publish("i-2");
        node.drive();

        List<BillingEvent> told = events("endpoint.delivery_exhausted");
        assertThat(told).hasSize(1);
        DeliveryExhausted first = (DeliveryExhausted) told.get(0).payload();
        assertThat(first.id()).isEqualTo(registered.endpoint().id());
        assertThat(first.eventType()).isEqualTo("instance.started");
        assertThat(first.attempts()).isEqualTo(1);
        assertThat(first.lastStatus()).isEqualTo(404);
        assertThat(first.lastError()).isEqualTo("status");
        assertThat(first.exhaustedInLastHour()).isEqualTo(2);

        node.jump(Duration.ofMinutes(59));
        node.publish("i-3");
        node.drive();
        assertThat(events("endpoint.delivery_exhausted")).hasSize(1);

        node.jump(Duration.ofMinutes(1));
        node.publish("i-4");
        node.drive();
        List<BillingEvent> later = events("endpoint.delivery_exhausted");
        assertThat(later).hasSize(2);
        assertThat(((DeliveryExhausted) later.get(1).payload()).exhaustedInLastHour())
                .as("of the last hour, its ends included")
                .isEqualTo(4);
    }

    @Test
    void deliveriesOfNewsAboutEndpointsMakeNoNewsThemselves() {
        String ops = "https://ops.example.com/";
        Registered watcher = node.webhooks.register(Endpoint.to(URI.create(ops))
                .ownedBy(Node.ALICE)
                .events("endpoint.*")
                .retry(ONCE));
        node.receivers.failing(ops, TransportException.Kind.CONNECT);
        for (int i = 0; i < 12; i++) {
            node.webhooks.register(Node.endpoint());
        }
        node.advance(Duration.ofSeconds(1));

        assertThat(node.deliveries(watcher))
                .filteredOn(delivery -> delivery.state() == DeliveryState.EXHAUSTED)
                .hasSizeGreaterThanOrEqualTo(10);
        assertThat(types(watcher)).containsExactly("endpoint.created");
    }

    @Test
    void theyCommitWithTheResultsThatTheyTellOf() {
        Registered registered = node.webhooks.register(Node.endpoint().retry(ONCE));
        node.receivers.at(Node.URL, 404);
        node.publish("i-1");
        node.drive();

        DeliveryExhausted told =
                (DeliveryExhausted) events("endpoint.delivery_exhausted").get(0).payload();
        assertThat(node.webhooks.delivery(Node.ALICE, told.deliveryId()).state())
                .isEqualTo(node.only(registered).state())
                .isEqualTo(DeliveryState.EXHAUSTED);
    }
}
