package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.InstanceChanged;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a node's endpoints share it, and nodes share endpoints. */
class FairnessTest {

    private static Registered endpoint(Node node, String name) {
        return node.webhooks.register(Endpoint.to(URI.create("https://" + name + ".example.com/"))
                .ownedBy(Owner.user(name))
                .events("*"));
    }

    private static void publish(Node node, String owner, int count) {
        List<dev.matrix.core.event.EventDraft> drafts = IntStream.range(0, count)
                .mapToObj(i -> BillingEvent.of(InstanceChanged.builder(
                                "i-" + i, Owner.user(owner), EventTypes.INSTANCE_STARTED, "gpu", node.clock.instant())
                        .build()))
                .toList();
        for (int from = 0; from < count; from += 1_000) {
            node.matrix.events().publishAll(drafts.subList(from, Math.min(count, from + 1_000)));
        }
    }

    @Test
    @Tag("W17")
    @Tag("C19")
    void aLongBacklogOfOneEndpointDoesNotHoldUpTheOthers() {
        assertOthersAreServedBesideABacklogOf(20_000);
    }

    @Test
    @Tag("C19")
    @Tag("long")
    void aVeryLongBacklogDoesNotEither() {
        assertOthersAreServedBesideABacklogOf(200_000);
    }

    private static void assertOthersAreServedBesideABacklogOf(int deliveries) {
        Node node = Node.alone();
        endpoint(node, "big");
        publish(node, "big", deliveries);
        for (int i = 0; i < 499; i++) {
            endpoint(node, "small-" + i);
            publish(node, "small-" + i, 1);
        }

        int big = 0;
        int small = 0;
        int seen = 0;
        while (small < 499 && big < 10_000) {
            assertThat(node.matrix.runDueStep()).isPresent();
            List<HttpCall> calls = node.receivers.calls();
            for (; seen < calls.size() && small < 499; seen++) {
                boolean isBig = calls.get(seen).uri().getHost().startsWith("big");
                big += isBig ? 1 : 0;
                small += isBig ? 0 : 1;
            }
        }

        assertThat(small).isEqualTo(499);
        assertThat(big).as("of the backlog sent before the last of the others").isBetween(1, 1_999);
    }

    @Test
    @Tag("W18")
    void inFlightGrowsByOneAfterEachWindowOfSuccesses() {
        Node node = Node.alone();
        Registered registered = endpoint(node, "a");
        node.receivers.hold("https://a.example.com/");
        publish(node, "a", 100);
        node.drive();
        assertThat(node.receivers.held()).hasSize(8);

        List<Receivers.Held> first = List.copyOf(node.receivers.held());
        first.forEach(held -> held.answer(200));
        node.drive();

        assertThat(node.receivers.held()).hasSize(8 + 9);
        assertThat(node.deliveries(registered))
                .filteredOn(delivery -> delivery.state() == DeliveryState.DELIVERED)
                .hasSize(8);
    }

    @Test
    @Tag("W15")
    @Tag("C18")
    void twoNodesShareOutTheEndpointsWithoutBothSendingToOne() {
        ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
        Stores stores = Stores.inMemory(clock);
        Receivers receivers = new Receivers();
        Node a = new Node(stores, clock, receivers, "a", UnaryOperator.identity());
        Node b = new Node(stores, clock, receivers, "b", UnaryOperator.identity());
        for (int i = 0; i < 100; i++) {
            endpoint(a, "e" + i);
            publish(a, "e" + i, 1);
        }

        for (int turn = 0; turn < 50; turn++) {
            a.matrix.runDueStep();
            b.matrix.runDueStep();
        }
        a.drive();
        b.drive();

        assertThat(receivers.calls()).hasSize(100);
        assertThat(receivers.calls()).extracting(call -> call.uri().getHost()).doesNotHaveDuplicates();
    }

    @Test
    @Tag("W24")
    @Tag("C17")
    void aReplyThatComesAfterTheLeaseHasPassedOnChangesNothing() {
        ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
        Stores stores = Stores.inMemory(clock);
        Receivers receivers = new Receivers();
        Node a = new Node(stores, clock, receivers, "a", UnaryOperator.identity());
        Registered registered = a.webhooks.register(Node.endpoint());
        receivers.hold(Node.URL);
        a.publish("i-1");
        a.drive();
        receivers.hold("");
        receivers.at(Node.URL, 500);
        clock.advance(Duration.ofSeconds(31));
        Node b = new Node(stores, clock, receivers, "b", UnaryOperator.identity());
        b.drive();
        assertThat(receivers.to(Node.URL)).hasSize(2);

        receivers.held().get(0).answer(200);
        a.drive();

        Delivery delivery = b.only(registered);
        assertThat(delivery.state()).isEqualTo(DeliveryState.RETRYING);
        assertThat(b.attempts(delivery)).extracting(Attempt::late).containsExactlyInAnyOrder(false, true);
    }

    @Test
    @Tag("W14")
    void aDeadNodesEndpointsComeUpWhenItsLeasesEnd() {
        ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
        Stores stores = Stores.inMemory(clock);
        Receivers receivers = new Receivers();
        Node dead = new Node(stores, clock, receivers, "dead", UnaryOperator.identity());
        Registered registered = dead.webhooks.register(Node.endpoint());
        receivers.hold(Node.URL);
        dead.publish("i-1");
        dead.drive();
        receivers.hold("");
        Node other = new Node(stores, clock, receivers, "other", UnaryOperator.identity());

        other.advance(Duration.ofSeconds(29));
        assertThat(receivers.to(Node.URL)).hasSize(1);
        other.advance(Duration.ofSeconds(2));

        assertThat(receivers.to(Node.URL)).hasSize(2);
        assertThat(other.only(registered).state()).isEqualTo(DeliveryState.DELIVERED);
    }

    @Test
    @Tag("W19")
    void aRateHoldsInEverySecondAndBurst() {
        Node node = Node.alone();
        node.webhooks.register(Endpoint.to(URI.create(Node.URL))
                .ownedBy(Node.ALICE)
                .events("*")
                .rateLimit(10, 5));
        List<Instant> sent = new ArrayList<>();
        node.receivers.at(Node.URL, call -> {
            sent.add(node.clock.instant());
            return Receivers.reply(200, java.util.Map.of());
        });
        publish(node, "alice", 60);

        node.advance(Duration.ofSeconds(10));

        assertThat(sent).hasSize(60);
        for (int i = 0; i < sent.size(); i++) {
            for (int j = i; j < sent.size(); j++) {
                double seconds = Duration.between(sent.get(i), sent.get(j)).toMillis() / 1_000.0;
                assertThat(j - i + 1).isLessThanOrEqualTo((int) Math.ceil(10 * seconds + 5));
            }
        }
    }

    @Test
    @Tag("W15")
    void anIdleEndpointsLeaseIsGivenBackAfterTenSeconds() {
        ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
        Stores stores = Stores.inMemory(clock);
        Receivers receivers = new Receivers();
        Node a = new Node(stores, clock, receivers, "a", UnaryOperator.identity());
        Node b = new Node(stores, clock, receivers, "b", UnaryOperator.identity());
        a.webhooks.register(Node.endpoint());
        a.publish("i-1");
        a.advance(Duration.ofSeconds(11));

        b.publish("i-2");
        b.drive();

        assertThat(receivers.to(Node.URL)).hasSize(2);
    }
}
