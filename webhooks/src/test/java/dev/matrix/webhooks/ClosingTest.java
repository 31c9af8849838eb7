package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ManualClock;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a node does when it is closed. */
class ClosingTest {

    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
    private final Stores stores = Stores.inMemory(clock);

    private Node node(String name) {
        return new Node(stores, clock, new Receivers(), name, UnaryOperator.identity());
    }

    @Test
    @Tag("W25")
    void whatIsInFlightIsAwaitedAndStoredAndTheLeaseGivenBack() {
        Node node = node("one");
        Registered registered = node.webhooks.register(Node.endpoint());
        node.receivers.hold(Node.URL);
        node.publish("i-1");
        node.drive();
        assertThat(node.receivers.held()).hasSize(1);

        CompletableFuture<Void> closed = CompletableFuture.runAsync(node.matrix::close);
        node.receivers.held().get(0).answer(200);
        closed.join();

        Node next = node("two");
        Delivery delivery = next.only(registered);
        assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(next.attempts(delivery))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.late()).isFalse());
        next.publish("i-2");
        next.drive();
        assertThat(next.receivers.to(Node.URL))
                .as("sent at once: no lease has to end before")
                .hasSize(1);
    }

    @Test
    @Tag("W25")
    void nothingMoreBeginsOnceItCloses() {
        Node node = node("one");
        Registered registered = node.webhooks.register(Node.endpoint());
        node.drive();
        node.publish("i-1");

        node.matrix.close();

        assertThat(node.receivers.calls()).isEmpty();
        Node next = node("two");
        next.drive();
        assertThat(next.only(registered).state()).isEqualTo(DeliveryState.DELIVERED);
    }
}
