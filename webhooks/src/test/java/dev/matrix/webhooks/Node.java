package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.InstanceChanged;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/** One node under test, driven by hand: its steps run when {@link #drive} or {@link #advance} says so. */
final class Node {

    static final Owner ALICE = Owner.user("alice");
    static final String URL = "https://alice.example.com/hooks";

    final ManualClock clock;
    final Receivers receivers;
    final Matrix matrix;
    final Webhooks webhooks;

    Node(Stores stores, ManualClock clock, Receivers receivers, String name, UnaryOperator<WebhooksBuilder> wiring) {
        this.clock = clock;
        this.receivers = receivers;
        this.matrix = Matrix.builder()
                .stores(stores)
                .transport(receivers)
                .clock(clock)
                .insecureRandom(new Random(name.hashCode()))
                .node(name)
                .build();
        this.webhooks = wiring.apply(Webhooks.on(matrix)).build();
    }

    static Node alone() {
        return alone(UnaryOperator.identity());
    }

    static Node alone(UnaryOperator<WebhooksBuilder> wiring) {
        ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
        return new Node(Stores.inMemory(clock), clock, new Receivers(), "one", wiring);
    }

    /** An endpoint of Alice's for everything about instances. */
    static Endpoint endpoint() {
        return Endpoint.to(URI.create(URL)).ownedBy(ALICE).events("instance.*");
    }

    /** An event of Alice's about one instance. */
    EventPayload event(String instance) {
        return started(instance, clock.instant());
    }

    static InstanceChanged started(String instance, Instant at) {
        return new InstanceChanged(
                instance, ALICE, EventTypes.INSTANCE_STARTED, "gpu.a100", "eu-1", 1, null, Map.of(), null, null, at);
    }

    String publish(String instance) {
        return matrix.events().publish(event(instance)).eventId();
    }

    /** Runs every step that is due, until none is. */
    Node drive() {
        int runs = 0;
        for (Optional<String> ran = matrix.runDueStep(); ran.isPresent(); ran = matrix.runDueStep()) {
            assertThat(++runs).as("runs of steps at one instant, last %s", ran).isLessThan(100_000);
        }
        return this;
    }

    /** Moves the clock on, running what falls due on the way. */
    Node advance(Duration time) {
        Instant end = clock.instant().plus(time);
        drive();
        for (Instant next = matrix.nextDue(); next.isBefore(end); next = matrix.nextDue()) {
            clock.set(next);
            drive();
        }
        clock.set(end);
        return drive();
    }

    /** Puts the clock on at once, as after a pause of the whole process. */
    Node jump(Duration time) {
        clock.advance(time);
        return drive();
    }

    List<Delivery> deliveries(Registered endpoint) {
        return webhooks.deliveries(
                        endpoint.endpoint().owner(),
                        DeliveryQuery.ofEndpoint(endpoint.endpoint().id()),
                        PageRequest.first(1_000))
                .items();
    }

    Delivery only(Registered endpoint) {
        List<Delivery> all = deliveries(endpoint);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    EndpointView view(Registered endpoint) {
        return webhooks.endpoint(
                endpoint.endpoint().owner(), endpoint.endpoint().id());
    }

    List<Attempt> attempts(Delivery delivery) {
        return webhooks.attempts(ALICE, delivery.id(), PageRequest.first(1_000)).items();
    }
}
