package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.StorageException;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.InstanceChanged;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.StoresView;
import dev.matrix.webhooks.spi.AttemptResult;
import dev.matrix.webhooks.spi.DeliveryStore;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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

    @Test
    void whatCannotBeStoredAtAllHoldsUpNothingElseAndIsStoredWhenItCan() {
        Registered registered = node.webhooks.register(Node.endpoint());
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            events.add(node.publish("i-" + i));
        }
        deliveries.refused = result -> result.after().eventId().equals(events.get(2));

        node.advance(Duration.ofMinutes(2));
        assertThat(node.deliveries(registered))
                .allSatisfy(delivery -> assertThat(delivery.state())
                        .isEqualTo(
                                delivery.eventId().equals(events.get(2))
                                        ? DeliveryState.QUEUED
                                        : DeliveryState.DELIVERED));

        deliveries.refused = result -> false;
        node.advance(Duration.ofMinutes(1));
        assertThat(node.deliveries(registered))
                .allSatisfy(delivery -> assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED));
        assertThat(node.receivers.calls()).hasSize(8);
    }

    @Test
    @Tag("W25")
    void closingStoresAllThatCanBeStored() {
        Registered registered = node.webhooks.register(Node.endpoint());
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            events.add(node.publish("i-" + i));
        }
        deliveries.refused = result -> true;
        node.drive();
        assertThat(node.receivers.calls()).hasSize(8);
        deliveries.refused = result -> result.after().eventId().equals(events.get(2));

        node.matrix.close();

        Node next = new Node(sound, clock, new Receivers(), "two", UnaryOperator.identity());
        assertThat(next.deliveries(registered))
                .filteredOn(delivery -> delivery.state().isOpen())
                .extracting(Delivery::eventId)
                .containsExactly(events.get(2));
    }

    @Test
    void anOutageLongerThanALeaseCausesNoResendEither() {
        AtomicBoolean away = new AtomicBoolean();
        Stores stores = Stores.inMemory(clock);
        Node alone = new Node(
                StoresView.of(stores).around(transactions -> new Outage(transactions, away)),
                clock,
                new Receivers(),
                "alone",
                UnaryOperator.identity());
        Registered registered = alone.webhooks.register(Node.endpoint());
        alone.receivers.hold(Node.URL);
        for (int i = 0; i < 4; i++) {
            alone.publish("i-" + i);
        }
        alone.drive();
        alone.receivers.hold("");
        away.set(true);
        alone.receivers.held().subList(0, 2).forEach(held -> held.answer(200));
        alone.advance(Duration.ofSeconds(40));
        away.set(false);
        alone.advance(Duration.ofSeconds(1));
        alone.receivers.held().subList(2, 4).forEach(held -> held.answer(200));
        alone.advance(Duration.ofMinutes(2));

        assertThat(alone.receivers.calls()).hasSize(4);
        assertThat(alone.deliveries(registered))
                .hasSize(4)
                .allSatisfy(delivery -> assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED));
    }

    /** A database that is away for a while. */
    private record Outage(Transactions sound, AtomicBoolean away) implements Transactions {

        @Override
        public <R extends @Nullable Object> R returning(Function<Tx, R> work) {
            if (away.get()) {
                throw new StorageException("The database is away.");
            }
            return sound.returning(work);
        }
    }
}
