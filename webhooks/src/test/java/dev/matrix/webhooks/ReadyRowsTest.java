package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.InstanceChanged;
import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.testkit.ManualClock;
import dev.matrix.webhooks.spi.DeliveryRow;
import dev.matrix.webhooks.spi.DeliveryStore;
import dev.matrix.webhooks.spi.EndpointLeaseStore;
import dev.matrix.webhooks.spi.EndpointLeaseStore.Taken;
import dev.matrix.webhooks.spi.EndpointShare;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
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
        node.advance(Duration.ofSeconds(11));
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

    private static InstanceChanged large(String id, Owner owner, Instant at) {
        return new InstanceChanged(
                id,
                owner,
                EventTypes.INSTANCE_STARTED,
                "gpu",
                "eu-1",
                1,
                null,
                Map.of("note", "x".repeat(250_000)),
                null,
                null,
                at);
    }

    private void answerAll(Node node) {
        while (!receivers.held().isEmpty()) {
            List<Receivers.Held> some = List.copyOf(receivers.held());
            receivers.held().clear();
            some.forEach(held -> held.answer(200));
            node.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    @Tag("W16")
    @Tag("W54")
    void bodiesOfOneOwnerTakeHalfOfSixtyFourMebibytesAtMost() {
        Node node = node("one", stores, clock);
        for (int i = 0; i < 40; i++) {
            node.webhooks.register(Node.endpoint());
        }
        receivers.hold(Node.URL);
        for (int i = 0; i < 8; i++) {
            node.matrix.events().publish(large("i-" + i, Node.ALICE, clock.instant()));
        }

        node.drive();

        assertThat(receivers.held()).hasSizeBetween(100, (32 << 20) / 250_000);
        answerAll(node);
        assertThat(receivers.calls()).hasSize(320);
    }

    @Test
    @Tag("W17")
    @Tag("W54")
    void endpointsThatHangWithLargeBodiesDelayNoOtherOwner() {
        Node node = node("one", stores, clock);
        Owner bob = Owner.user("bob");
        String bobs = "https://bob.example.com/";
        node.webhooks.register(Node.endpoint().url(URI.create(bobs)).ownedBy(bob));
        for (int i = 0; i < 40; i++) {
            node.webhooks.register(Node.endpoint());
        }
        receivers.hold(Node.URL);
        for (int i = 0; i < 16; i++) {
            node.matrix.events().publish(large("i-" + i, Node.ALICE, clock.instant()));
        }
        node.drive();

        node.matrix.events().publish(large("i-bob", bob, clock.instant()));
        node.advance(Duration.ofMillis(100));

        assertThat(receivers.to(bobs)).hasSize(1);
    }

    /** What isn't read was handed over, so it is held. */
    @Test
    @Tag("W16")
    @Tag("W54")
    void theBoundIsKeptForEachDeliveryOfACommit() {
        List<String> read = new ArrayList<>();
        DeliveryStore sound = stores.get(DeliveryStore.class);
        Node node = node(
                "one",
                stores.with(DeliveryStore.class, new DeliveriesView(sound) {
                    @Override
                    public List<DeliveryRow> due(Tx tx, List<EndpointShare> shares, Instant now) {
                        List<DeliveryRow> rows = super.due(tx, shares, now);
                        rows.forEach(row -> read.add(row.delivery().id()));
                        return rows;
                    }
                }),
                clock);
        for (int i = 0; i < 40; i++) {
            node.webhooks.register(Node.endpoint());
        }
        node.publish("i-0");
        node.drive();
        read.clear();

        node.matrix
                .events()
                .publishAll(IntStream.range(1, 17)
                        .mapToObj(i -> BillingEvent.of(large("i-" + i, Node.ALICE, clock.instant())))
                        .toList());
        node.advance(Duration.ofMinutes(1));

        assertThat(receivers.calls()).hasSize(17 * 40);
        assertThat(new HashSet<>(read).size()).isGreaterThan(16 * 40 - (32 << 20) / 250_000);
    }

    @Test
    @Tag("W17")
    void aReadThatComesToNothingIsOverAndWhatCommitsMeanwhileIsRead() {
        Instant now = RequestRows.START;
        Lane lane = new Lane(new Taken(new Lease("whe_1", "one", 1, now.plusSeconds(30)), ""), now, new HeldBytes());
        Fetched found = new Fetched(List.of(new Ready(RequestRows.fresh(), new byte[2], now)), false, false);
        lane.look();

        lane.endRead();
        lane.fetched(found, now, Duration.ofMillis(50));

        assertThat(lane.hasReady()).isFalse();
        assertThat(lane.isHungry(now)).isTrue();
    }

    @Test
    @Tag("W38")
    @Tag("W55")
    void oneThatItsFailuresDisableIsSentNothingMoreByItsOwnNode() {
        Node node = new Node(stores, clock, receivers, "one", wiring -> wiring.failingAfter(Duration.ofHours(1)));
        Registered registered = node.webhooks.register(Node.endpoint()
                .maxInFlight(1)
                .retry(RetryPolicy.exponential(Duration.ofDays(1), 1, Duration.ofDays(1), 5)));
        receivers.at(Node.URL, 404);
        for (int i = 0; i < 9; i++) {
            node.publish("i-" + i);
        }
        node.drive();
        node.advance(Duration.ofHours(1));
        receivers.hold(Node.URL);
        for (int i = 10; i < 26; i++) {
            node.publish("i-" + i);
        }
        node.drive();
        while (!receivers.held().isEmpty()) {
            receivers.held().remove(0).answer(404);
            node.drive();
        }

        assertThat(node.view(registered).status()).isEqualTo(EndpointStatus.DISABLED);
        assertThat(receivers.calls())
                .as("the eleventh began before the result of the tenth was stored")
                .hasSize(11);
    }

    @Test
    @Tag("W14")
    @Tag("W38")
    void thatAnEndpointIsPausedIsReadOncePerTenSecondsWhateverItsBacklog() {
        AtomicInteger loads = new AtomicInteger();
        EndpointLeaseStore sound = stores.get(EndpointLeaseStore.class);
        Node node = node(
                "one",
                stores.with(EndpointLeaseStore.class, new Flaws.LeasesView(sound) {
                    @Override
                    public List<Taken> acquire(
                            Tx tx, Collection<String> endpoints, String by, Instant now, Duration lease) {
                        loads.incrementAndGet();
                        return super.acquire(tx, endpoints, by, now, lease);
                    }
                }),
                clock);
        Registered registered = node.webhooks.register(Node.endpoint());
        String id = registered.endpoint().id();
        node.webhooks.setStatus(Node.ALICE, id, EndpointStatus.PAUSED);
        node.publish("i-1");
        node.advance(Duration.ofMinutes(1));

        assertThat(loads.get()).isBetween(1, 7);
        node.webhooks.setStatus(Node.ALICE, id, EndpointStatus.ACTIVE);
        node.drive();
        assertThat(receivers.calls()).hasSize(1);
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
