package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.StorageException;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventTypes;
import dev.matrix.core.event.InstanceChanged;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.testkit.ManualClock;
import dev.matrix.webhooks.spi.AttemptResult;
import dev.matrix.webhooks.spi.DeliveryStore;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Results that can't be stored at once. */
@Tag("W23")
class FlushTest {

    /** Refuses every batch that holds a result that a predicate picks. */
    private static final class Refusing extends DeliveriesView {

        private final List<Integer> sizes = new ArrayList<>();
        private Predicate<AttemptResult> refused = result -> false;

        Refusing(DeliveryStore sound) {
            super(sound);
        }

        @Override
        public Set<String> complete(Tx tx, List<AttemptResult> results) {
            sizes.add(results.size());
            if (results.stream().anyMatch(refused)) {
                throw new StorageException("The log fails.");
            }
            return super.complete(tx, results);
        }
    }

    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
    private final Stores sound = Stores.inMemory(clock);
    private final Refusing deliveries = new Refusing(sound.get(DeliveryStore.class));
    private final Node node = new Node(
            sound.with(DeliveryStore.class, deliveries), clock, new Receivers(), "one", UnaryOperator.identity());

    @Test
    void theOneRowThatSpoilsABatchIsFoundByHalvingAndGoesWithoutTheReceiversBytes() {
        Registered registered = node.webhooks.register(Node.endpoint());
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            events.add(node.publish("i-" + i));
        }
        deliveries.refused = result -> result.after().eventId().equals(events.get(5))
                && result.attempt().replyBody().length > 0;

        node.advance(Duration.ofMinutes(5));

        assertThat(node.receivers.calls()).as("a log failure causes no resend").hasSize(8);
        assertThat(node.deliveries(registered))
                .hasSize(8)
                .allSatisfy(delivery -> assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED))
                .allSatisfy(
                        delivery -> assertThat(node.attempts(delivery).get(0).replyBody())
                                .hasSize(delivery.eventId().equals(events.get(5)) ? 0 : 2));
        assertThat(deliveries.sizes).contains(8, 4, 2, 1);
    }

    @Test
    void whatCannotBeStoredWaitsInMemoryAndAtTenThousandNothingMoreIsSent() {
        int endpoints = 700;
        int each = 20;
        for (int i = 0; i < endpoints; i++) {
            Owner owner = Owner.user("u" + i);
            node.webhooks.register(Endpoint.to(URI.create("https://e" + i + ".example.com/"))
                    .ownedBy(owner)
                    .events("*"));
            node.matrix
                    .events()
                    .publishAll(IntStream.range(0, each)
                            .mapToObj(n -> BillingEvent.of(InstanceChanged.builder(
                                            "i-" + n, owner, EventTypes.INSTANCE_STARTED, "gpu", clock.instant())
                                    .build()))
                            .toList());
        }
        deliveries.refused = result -> true;

        node.drive();
        int sent = node.receivers.calls().size();
        node.advance(Duration.ofSeconds(5));

        assertThat(sent).isBetween(10_000, 10_064);
        assertThat(node.receivers.calls()).hasSize(sent);

        deliveries.refused = result -> false;
        node.advance(Duration.ofMinutes(2));
        assertThat(node.receivers.calls()).as("each once").hasSize(endpoints * each);
    }
}
