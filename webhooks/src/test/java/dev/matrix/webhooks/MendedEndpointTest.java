package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.TransportException;
import dev.matrix.testkit.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An endpoint that was down and that somebody has mended isn't waited for any longer. */
class MendedEndpointTest {

    private static final String MOVED = "https://new.example.com/";

    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
    private final Stores stores = Stores.inMemory(clock);
    private final Receivers receivers = new Receivers();
    private final Node node = new Node(stores, clock, receivers, "one", UnaryOperator.identity());

    /** An endpoint whose breaker is open, for so long that its lease has been given back. */
    private Registered down() {
        Registered registered = node.webhooks.register(Node.endpoint());
        receivers.failing(Node.URL, TransportException.Kind.CONNECT);
        for (int i = 0; i < 12; i++) {
            node.publish("i-" + i);
        }
        node.advance(Duration.ofMinutes(40));
        return registered;
    }

    private Delivery first(Registered registered) {
        return node.deliveries(registered).get(0);
    }

    @Test
    @Tag("W20")
    @Tag("W39")
    void aRetryIsSentNowThoughTheBreakerIsOpen() {
        Registered registered = down();
        node.advance(Duration.ofSeconds(15));
        int before = receivers.calls().size();

        node.webhooks.retry(Node.ALICE, first(registered).id());
        node.drive();

        assertThat(receivers.calls()).hasSize(before + 1);
    }

    @Test
    @Tag("W20")
    void aChangedUrlIsTriedAtOnceByOneProbeAndThenByAll() {
        Registered registered = down();

        node.webhooks.update(Node.ALICE, registered.endpoint().id(), 1, endpoint -> endpoint.url(URI.create(MOVED)));
        node.deliveries(registered).forEach(delivery -> node.webhooks.retry(Node.ALICE, delivery.id()));
        node.advance(Duration.ofSeconds(1));

        assertThat(receivers.to(MOVED)).hasSize(12);
    }

    @Test
    @Tag("W20")
    void oneThatIsMadeActiveAgainIsTriedAtOnce() {
        Registered registered = down();
        String id = registered.endpoint().id();
        node.webhooks.setStatus(Node.ALICE, id, EndpointStatus.PAUSED);
        node.webhooks.setStatus(Node.ALICE, id, EndpointStatus.ACTIVE);
        receivers.at(Node.URL, 200);
        node.publish("i-12");
        node.advance(Duration.ofSeconds(1));

        assertThat(node.deliveries(registered))
                .filteredOn(delivery -> delivery.subject().equals("i-12"))
                .allSatisfy(delivery -> assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED));
    }

    @Test
    @Tag("W34")
    @Tag("W54")
    void aReceiverThatAsksForNoPauseIsStillGivenOne() {
        Registered registered = node.webhooks.register(
                Node.endpoint().retry(RetryPolicy.exponential(Duration.ofSeconds(1), 2, Duration.ofSeconds(1), 1)));
        receivers.at(Node.URL, call -> Receivers.reply(429, Map.of("Retry-After", "0")));
        node.publish("i-1");

        node.advance(Duration.ofMinutes(1));

        assertThat(receivers.calls()).hasSizeBetween(2, 13);
        assertThat(node.only(registered).deferrals())
                .isEqualTo(receivers.calls().size());
    }

    @Test
    @Tag("W18")
    void aNodeThatMayHaveOneRequestInFlightSends() {
        Node small = Node.alone(wiring -> wiring.maxInFlight(1));
        small.webhooks.register(Node.endpoint());
        small.publish("i-1");
        small.publish("i-2");
        small.advance(Duration.ofSeconds(1));

        assertThat(small.receivers.calls()).hasSize(2);
    }
}
