package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.InstanceChanged;
import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ManualClock;
import dev.matrix.webhooks.spi.EndpointLeaseStore.Taken;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is ready to be sent and waits for its turn. */
class ReadyRowsTest {

    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
    private final Stores stores = Stores.inMemory(clock);
    private final Receivers receivers = new Receivers();

    private Node node(String name, Stores over, ManualClock own) {
        return new Node(over, own, receivers, name, UnaryOperator.identity());
    }

    /** One request in flight, and others that are ready behind it. */
    private Registered behindOne(Node node) {
        Registered registered = node.webhooks.register(Node.endpoint().maxInFlight(1));
        receivers.hold(Node.URL);
        for (int i = 0; i < 8; i++) {
            node.publish("i-" + i);
        }
        node.drive();
        assertThat(receivers.held()).hasSize(1);
        return registered;
    }

    private void letGo(Node node) {
        receivers.hold("");
        receivers.held().forEach(held -> held.answer(200));
        node.advance(Duration.ofSeconds(1));
    }

    @Test
    @Tag("W38")
    void whatIsReadyGoesWhereTheEndpointPointsWhenItsTurnComes() {
        Node node = node("one", stores, clock);
        Registered registered = behindOne(node);
        String moved = "https://new.example.com/";

        node.webhooks.update(Node.ALICE, registered.endpoint().id(), 1, endpoint -> endpoint.url(URI.create(moved)));
        node.webhooks.rotateSecret(
                Node.ALICE,
                registered.endpoint().id(),
                RotationRequest.ofSecret().grace(Duration.ZERO));
        letGo(node);

        assertThat(receivers.to(moved)).hasSize(7);
        assertThat(receivers.to(Node.URL)).hasSize(1);
        assertThat(node.deliveries(registered))
                .filteredOn(delivery -> !delivery.subject().equals("i-0"))
                .allSatisfy(
                        delivery -> assertThat(node.attempts(delivery).get(0).keyIds())
                                .isEqualTo(node.view(registered).keyIds()));
    }

    @Test
    @Tag("W38")
    void whatIsReadyIsNotSentOnceItsEndpointIsPausedOrItIsCancelled() {
        Node node = node("one", stores, clock);
        Registered registered = behindOne(node);
        Delivery cancelled = node.deliveries(registered).stream()
                .filter(delivery -> delivery.subject().equals("i-2"))
                .findFirst()
                .orElseThrow();

        node.webhooks.cancel(Node.ALICE, cancelled.id());
        letGo(node);
        assertThat(receivers.calls()).hasSize(7);

        receivers.held().clear();
        receivers.hold(Node.URL);
        node.publish("i-8");
        node.publish("i-9");
        node.drive();
        node.webhooks.setStatus(Node.ALICE, registered.endpoint().id(), EndpointStatus.PAUSED);
        letGo(node);
        assertThat(receivers.calls()).hasSize(8);
    }

    @Test
    @Tag("W38")
    void whatAnotherNodeChangesCountsWithinTenSecondsHoweverSlowTheReceiver() {
        Node node = node("one", stores, clock);
        Node elsewhere = node("elsewhere", stores, clock);
        Registered registered = behindOne(node);

        elsewhere.webhooks.setStatus(Node.ALICE, registered.endpoint().id(), EndpointStatus.PAUSED);
        node.advance(Duration.ofMillis(10_001));
        letGo(node);
        assertThat(receivers.calls()).hasSize(1);

        elsewhere.webhooks.setStatus(Node.ALICE, registered.endpoint().id(), EndpointStatus.ACTIVE);
        node.advance(Duration.ofSeconds(1));
        assertThat(receivers.calls()).hasSize(8);
    }

    @Test
    @Tag("W19")
    void aRateIsKeptWhileWhatWaitsForItIsReadAnew() {
        Node node = node("one", stores, clock);
        Registered registered = node.webhooks.register(Node.endpoint().rateLimit(1, 1));
        for (int i = 0; i < 30; i++) {
            node.publish("i-" + i);
        }

        node.advance(Duration.ofSeconds(20));
        assertThat(receivers.calls()).hasSizeBetween(19, 21);
        node.advance(Duration.ofSeconds(11));

        assertThat(node.deliveries(registered))
                .hasSize(30)
                .allSatisfy(delivery -> assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED));
    }

    @Test
    @Tag("W16")
    void bodiesInHandTakeSixtyFourMebibytesAtMost() {
        Node node = node("one", stores, clock);
        for (int i = 0; i < 40; i++) {
            node.webhooks.register(Node.endpoint());
        }
        receivers.hold(Node.URL);
        Map<String, String> large = Map.of("note", "x".repeat(250_000));
        for (int i = 0; i < 8; i++) {
            node.matrix
                    .events()
                    .publish(new InstanceChanged(
                            "i-" + i,
                            Node.ALICE,
                            EventTypes.INSTANCE_STARTED,
                            "gpu",
                            "eu-1",
                            1,
                            null,
                            large,
                            null,
                            null,
                            clock.instant()));
        }

        node.drive();

        assertThat(receivers.held()).hasSizeBetween(200, (64 << 20) / 250_000 + 1);
        while (!receivers.held().isEmpty()) {
            List<Receivers.Held> some = List.copyOf(receivers.held());
            receivers.held().clear();
            some.forEach(held -> held.answer(200));
            node.advance(Duration.ofSeconds(1));
        }
        assertThat(receivers.calls()).hasSize(320);
    }

    /** The look may have begun before the change committed. */
    @Test
    @Tag("W38")
    void whatALookUnderWayShowsIsNotTakenOnceTheEndpointHasChanged() {
        Instant now = RequestRows.START;
        Lane lane = new Lane(new Taken(new Lease("whe_1", "one", 1, now.plusSeconds(30)), ""), now, new HeldBytes());
        Fetched found = new Fetched(List.of(new Ready(RequestRows.fresh(), new byte[2], now)), false, false);
        lane.look();

        lane.outdate();
        lane.fetched(found, now, Duration.ofMillis(50));
        assertThat(lane.hasReady()).isFalse();
        assertThat(lane.isHungry(now)).isTrue();

        lane.look();
        lane.fetched(found, now, Duration.ofMillis(50));
        assertThat(lane.hasReady()).isTrue();
    }
}
