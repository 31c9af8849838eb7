package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ManualClock;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a node ends. */
@Tag("W25")
class ClosingTest {

    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
    private final Stores stores = Stores.inMemory(clock);
    private final Receivers receivers = new Receivers();
    private final Node node = new Node(stores, clock, receivers, "one", UnaryOperator.identity());

    @Test
    void closingWaitsForRequestsInFlightStoresWhatTheyCameToAndGivesLeasesBack() throws InterruptedException {
        Registered registered = node.webhooks.register(Node.endpoint());
        receivers.hold(Node.URL);
        node.publish("i-1");
        node.publish("i-2");
        node.drive();
        List<Receivers.Held> inFlight = List.copyOf(receivers.held());
        assertThat(inFlight).hasSize(2);

        Thread closing = new Thread(node.matrix::close);
        closing.start();
        while (closing.getState() != Thread.State.TIMED_WAITING) {
            assertThat(closing.isAlive()).as("still waits for its requests").isTrue();
            Thread.onSpinWait();
        }
        receivers.hold("");
        inFlight.forEach(held -> held.answer(200));
        closing.join();

        Node next = new Node(stores, clock, receivers, "two", UnaryOperator.identity());
        assertThat(next.deliveries(registered)).hasSize(2).allSatisfy(delivery -> {
            assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED);
            assertThat(next.attempts(delivery))
                    .singleElement()
                    .satisfies(attempt -> assertThat(attempt.late()).isFalse());
        });
        next.publish("i-3");
        next.drive();
        assertThat(next.deliveries(registered))
                .as("the lease is free, though its time has not ended")
                .allSatisfy(delivery -> assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED));
    }

    @Test
    void nothingNewIsBegunWhileClosing() {
        Registered registered = node.webhooks.register(Node.endpoint());
        node.publish("i-1");

        node.matrix.close();

        assertThat(receivers.calls()).isEmpty();
        Node next = new Node(stores, clock, receivers, "two", UnaryOperator.identity());
        next.drive();
        assertThat(next.only(registered).state()).isEqualTo(DeliveryState.DELIVERED);
    }

    @Test
    void closingTwiceIsClosingOnce() {
        node.webhooks.register(Node.endpoint());
        node.publish("i-1");
        node.drive();

        node.matrix.close();
        node.matrix.close();

        assertThat(receivers.calls()).hasSize(1);
    }
}
