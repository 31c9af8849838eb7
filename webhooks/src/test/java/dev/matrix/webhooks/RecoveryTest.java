package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Matrix;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.Published;
import dev.matrix.core.event.spi.EventRow;
import dev.matrix.core.event.spi.EventStore;
import dev.matrix.core.event.spi.NewEvent;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.testkit.ManualClock;
import dev.matrix.webhooks.RecoveryRequest.Include;
import dev.matrix.webhooks.spi.DeliveryStore;
import dev.matrix.webhooks.spi.EndpointRow;
import dev.matrix.webhooks.spi.EndpointStore;
import dev.matrix.webhooks.spi.NewDelivery;
import dev.matrix.webhooks.spi.Routed;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sending again what an endpoint has missed. */
@Tag("W40")
class RecoveryTest {

    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
    private final Stores stores = Stores.inMemory(clock);
    private final Node node = new Node(stores, clock, new Receivers(), "one", UnaryOperator.identity());
    private final Instant start = clock.instant();

    private List<String> publish(int count) {
        List<String> ids = new ArrayList<>();
        for (int from = 0; from < count; from += 1_000) {
            List<EventDraft> drafts = IntStream.range(from, Math.min(count, from + 1_000))
                    .mapToObj(i -> BillingEvent.of(node.event("i-" + i)))
                    .toList();
            node.matrix.events().publishAll(drafts).forEach(published -> ids.add(published.eventId()));
        }
        return ids;
    }

    private Recovery recover(Registered endpoint, RecoveryRequest request) {
        return node.webhooks.recover(Node.ALICE, endpoint.endpoint().id(), request);
    }

    private Recovery seen(Recovery recovery) {
        return node.webhooks.recovery(Node.ALICE, recovery.id());
    }

    /** Lets the time pass after which recoveries walk the last events again. */
    private static void settle(Node node) {
        node.advance(Duration.ofSeconds(71));
    }

    /** Runs due steps until that one has run. */
    private static void runUntil(Node node, String step) {
        runUntil(node.matrix, step);
    }

    private static void runUntil(Matrix matrix, String step) {
        while (!matrix.runDueStep().orElseThrow().equals(step)) {
            assertThat(matrix.nextDue()).isNotNull();
        }
    }

    @Test
    @Tag("C23")
    void aLongOutageIsMadeGoodEachDeliveryOnceWhileOneOfThemIsDeliveredByHand() {
        Registered registered = node.webhooks.register(Node.endpoint());
        String endpoint = registered.endpoint().id();
        node.webhooks.setStatus(Node.ALICE, endpoint, EndpointStatus.DISABLED);
        List<String> events = publish(25_000);
        List<String> ids = new ArrayList<>(IntStream.range(0, 25_000)
                .mapToObj(i -> "whd_%05d".formatted(i))
                .toList());
        Collections.shuffle(ids, new Random(7));
        List<NewDelivery> rows = IntStream.range(0, 25_000)
                .mapToObj(i -> new NewDelivery(
                        ids.get(i),
                        Node.ALICE,
                        endpoint,
                        events.get(i),
                        "instance.started",
                        "i-" + i,
                        Trigger.EVENT,
                        Ordering.UNORDERED,
                        start.plusMillis(i / 3)))
                .toList();
        clock.advance(Duration.ofMinutes(1));
        DeliveryStore deliveries = stores.get(DeliveryStore.class);
        stores.transactions().inTransaction(tx -> {
            deliveries.route(tx, rows, Map.of());
            deliveries.endOpen(tx, endpoint, null, EndReason.ENDPOINT, clock.instant(), 25_000);
        });
        node.webhooks.setStatus(Node.ALICE, endpoint, EndpointStatus.ACTIVE);
        String last = ids.get(24_999);

        Recovery recovery = recover(registered, RecoveryRequest.since(start));
        runUntil(node, RecoveryStep.NAME);
        assertThat(seen(recovery).requeued()).isEqualTo(500);
        node.webhooks.retry(Node.ALICE, last);
        settle(node);

        assertThat(seen(recovery).state()).isEqualTo(Recovery.State.DONE);
        assertThat(seen(recovery).requeued()).isEqualTo(24_999);
        assertThat(node.receivers.calls()).hasSize(25_000);
        assertThat(node.receivers.calls().stream()
                        .map(call -> call.headers().get("webhook-id"))
                        .distinct())
                .hasSize(25_000);
        assertThat(node.webhooks.delivery(Node.ALICE, last).trigger()).isEqualTo(Trigger.MANUAL);
        assertThat(node.webhooks.delivery(Node.ALICE, ids.get(0)).trigger()).isEqualTo(Trigger.RECOVERY);
    }

    @Test
    void anotherNodeGoesOnWhereOneCrashed() {
        Registered registered = node.webhooks.register(Node.endpoint());
        String endpoint = registered.endpoint().id();
        node.webhooks.setStatus(Node.ALICE, endpoint, EndpointStatus.PAUSED);
        publish(1_200);
        node.webhooks.setStatus(Node.ALICE, endpoint, EndpointStatus.DISABLED);
        node.drive();
        node.webhooks.setStatus(Node.ALICE, endpoint, EndpointStatus.ACTIVE);
        clock.advance(Duration.ofSeconds(1));
        Recovery recovery = recover(registered, RecoveryRequest.since(start));
        runUntil(node, RecoveryStep.NAME);
        assertThat(seen(recovery).requeued()).isEqualTo(500);

        Node other = new Node(stores, clock, new Receivers(), "two", UnaryOperator.identity());
        clock.advance(Duration.ofMinutes(1));
        settle(other);

        assertThat(seen(recovery).state()).isEqualTo(Recovery.State.DONE);
        assertThat(seen(recovery).requeued()).isEqualTo(1_200);
        assertThat(other.receivers.calls()).hasSize(1_200);
    }

    @Test
    void missedEventsThatMatchNowAreSentAndThoseWithARowAreNot() {
        node.publish("before");
        node.matrix.events().publish(BillingEvent.of(node.event("shared")).visibleTo(Owner.partner("acme")));
        clock.advance(Duration.ofSeconds(1));
        Registered registered =
                node.webhooks.register(Node.endpoint().filter("{\"subject\":[{\"anything-but\":\"unwanted\"}]}"));
        Registered partners = node.webhooks.register(Endpoint.to(URI.create("https://acme.example.com/"))
                .ownedBy(Owner.partner("acme"))
                .events("*"));
        node.publish("routed");
        node.webhooks.setStatus(Node.ALICE, registered.endpoint().id(), EndpointStatus.DISABLED);
        node.publish("while-disabled");
        node.publish("unwanted");
        node.webhooks.setStatus(Node.ALICE, registered.endpoint().id(), EndpointStatus.ACTIVE);
        clock.advance(Duration.ofSeconds(1));

        Recovery recovery = recover(registered, RecoveryRequest.since(start).including(Include.MISSED));
        Recovery partnersRecovery = node.webhooks.recover(
                Owner.partner("acme"),
                partners.endpoint().id(),
                RecoveryRequest.since(start).including(Include.BOTH));
        node.drive();

        assertThat(seen(recovery).added()).isEqualTo(3);
        assertThat(seen(recovery).requeued()).isZero();
        assertThat(node.deliveries(registered))
                .filteredOn(delivery -> delivery.trigger() == Trigger.RECOVERY)
                .extracting(Delivery::subject)
                .containsExactlyInAnyOrder("before", "shared", "while-disabled");
        assertThat(node.webhooks
                        .recovery(Owner.partner("acme"), partnersRecovery.id())
                        .added())
                .isEqualTo(1);
        assertThat(node.deliveries(partners)).extracting(Delivery::subject).containsExactly("shared");
    }

    @Test
    void aRecoveryThatCannotGoOnHoldsUpNoOther() {
        Registered broken = node.webhooks.register(Node.endpoint());
        Registered whole = node.webhooks.register(Node.endpoint());
        String brokenId = broken.endpoint().id();
        EndpointStore endpoints = stores.get(EndpointStore.class);
        clock.advance(Duration.ofSeconds(1));
        RecoveryRequest missed = RecoveryRequest.since(start).including(Include.MISSED);
        Recovery first = recover(broken, missed);
        Recovery second = recover(whole, missed);
        EndpointRow row = stores.transactions()
                .returning(tx -> endpoints.load(tx, List.of(brokenId), clock.instant()))
                .get(0)
                .row();
        setSettings(endpoints, row, 2, new byte[] {'?'});

        settle(node);
        assertThat(seen(first).state()).isEqualTo(Recovery.State.RUNNING);
        assertThat(seen(second).state()).isEqualTo(Recovery.State.DONE);

        setSettings(endpoints, row, 3, row.settings());
        settle(node);
        assertThat(seen(first).state()).isEqualTo(Recovery.State.DONE);
    }

    private void setSettings(EndpointStore endpoints, EndpointRow row, long version, byte[] settings) {
        EndpointRow changed = new EndpointRow(
                row.id(),
                row.owner(),
                version,
                row.status(),
                row.disabledReason(),
                settings,
                row.sealedHeaders(),
                row.failingSince(),
                row.failures(),
                row.createdAt());
        stores.transactions()
                .inTransaction(tx ->
                        assertThat(endpoints.replaceIfVersion(tx, changed)).isTrue());
    }

    @Test
    void anEndpointThatChangesDuringAStepHasItsMissedEventsLookedAtAgainAtOnce() {
        AtomicInteger refused = new AtomicInteger();
        Stores changing = stores.with(DeliveryStore.class, new DeliveriesView(stores.get(DeliveryStore.class)) {
            @Override
            public Routed route(Tx tx, List<NewDelivery> rows, Map<Owner, Long> versions) {
                boolean recovers = rows.stream().anyMatch(row -> row.trigger() == Trigger.RECOVERY);
                return recovers && refused.getAndIncrement() == 0
                        ? new Routed(versions.keySet(), Set.of())
                        : super.route(tx, rows, versions);
            }
        });
        Node one = new Node(changing, clock, new Receivers(), "two", UnaryOperator.identity());
        one.publish("before");
        clock.advance(Duration.ofSeconds(1));
        Registered registered = one.webhooks.register(Node.endpoint());
        clock.advance(Duration.ofSeconds(1));

        Recovery recovery = one.webhooks.recover(
                Node.ALICE,
                registered.endpoint().id(),
                RecoveryRequest.since(start).including(Include.MISSED));
        settle(one);

        assertThat(refused).hasValue(2);
        assertThat(one.webhooks.recovery(Node.ALICE, recovery.id()).state()).isEqualTo(Recovery.State.DONE);
        assertThat(one.only(registered).state()).isEqualTo(DeliveryState.DELIVERED);
    }

    @Test
    void bothMakesGoodWhatFailedAndWhatWasMissedOverSeveralSteps() {
        node.publish("unseen");
        clock.advance(Duration.ofSeconds(1));
        Registered registered =
                node.webhooks.register(Node.endpoint().retry(new RetryPolicy(List.of(), 0, Duration.ZERO)));
        node.receivers.at(Node.URL, 404);
        node.publish("failed");
        node.drive();
        node.receivers.at(Node.URL, 200);
        clock.advance(Duration.ofSeconds(1));

        Recovery recovery = recover(registered, RecoveryRequest.since(start).including(Include.BOTH));
        settle(node);

        assertThat(seen(recovery).state()).isEqualTo(Recovery.State.DONE);
        assertThat(seen(recovery).finishedAt()).isNotNull();
        assertThat(seen(recovery).requeued()).isEqualTo(1);
        assertThat(seen(recovery).added()).isEqualTo(1);
        assertThat(node.deliveries(registered))
                .hasSize(2)
                .allSatisfy(delivery -> assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED));
    }

    /** Shows one event only once its transaction has committed. */
    private record Open(EventStore sound, String event, AtomicBoolean committed) implements EventStore {

        @Override
        public List<Published> append(Tx tx, List<NewEvent> events) {
            return sound.append(tx, events);
        }

        @Override
        public List<EventRow> load(Tx tx, Collection<String> ids) {
            return sound.load(tx, ids);
        }

        @Override
        public Page<EventRow> page(Tx tx, EventQuery query, PageRequest page) {
            Page<EventRow> all = sound.page(tx, query, page);
            return new Page<>(
                    all.items().stream()
                            .filter(row -> committed.get() || !row.id().equals(event))
                            .toList(),
                    all.nextCursor());
        }

        @Override
        public int erase(Tx tx, Owner owner) {
            return sound.erase(tx, owner);
        }

        @Override
        public int purge(Tx tx, Instant before, int limit) {
            return sound.purge(tx, before, limit);
        }
    }

    /** A publisher's transaction that is open while the endpoint becomes ACTIVE and a recovery walks by. */
    @Test
    @Tag("W1")
    @Tag("W55")
    void anEventThatCommitsBehindTheWalkIsFoundByTheNext() {
        Registered registered = node.webhooks.register(Node.endpoint());
        String id = registered.endpoint().id();
        node.webhooks.setStatus(Node.ALICE, id, EndpointStatus.DISABLED);
        String late = node.publish("late");
        clock.advance(Duration.ofSeconds(1));
        node.webhooks.setStatus(Node.ALICE, id, EndpointStatus.ACTIVE);
        AtomicBoolean committed = new AtomicBoolean();
        Stores open = stores.with(EventStore.class, new Open(stores.get(EventStore.class), late, committed));
        Node two = new Node(open, clock, new Receivers(), "two", UnaryOperator.identity());

        Recovery recovery = two.webhooks.recover(
                Node.ALICE, id, RecoveryRequest.since(start).including(Include.MISSED));
        two.drive();
        committed.set(true);
        assertThat(seen(recovery).added()).isZero();
        settle(two);

        assertThat(seen(recovery).state()).isEqualTo(Recovery.State.DONE);
        assertThat(two.only(registered).state()).isEqualTo(DeliveryState.DELIVERED);
    }

    @Test
    void newsOfAnEndpointIsNoMissedEventOfItsOwn() {
        Registered registered = node.webhooks.register(Node.endpoint().events("endpoint.*", "instance.*"));
        clock.advance(Duration.ofSeconds(1));

        Recovery recovery = recover(registered, RecoveryRequest.since(start).including(Include.MISSED));
        node.drive();

        assertThat(seen(recovery).added()).isZero();
    }

    @Test
    void aStoppedRecoveryGoesNoFurtherAndSoDoesOneWhoseEndpointIsDisabled() {
        Registered registered = node.webhooks.register(Node.endpoint());
        String endpoint = registered.endpoint().id();
        clock.advance(Duration.ofSeconds(1));
        Recovery stopped = recover(registered, RecoveryRequest.since(start));
        node.webhooks.stopRecovery(Node.ALICE, stopped.id());
        node.webhooks.stopRecovery(Node.ALICE, stopped.id());
        Recovery orphaned = recover(registered, RecoveryRequest.since(start));
        node.webhooks.setStatus(Node.ALICE, endpoint, EndpointStatus.DISABLED);
        node.drive();

        assertThat(seen(stopped).state()).isEqualTo(Recovery.State.STOPPED);
        assertThat(seen(stopped).finishedAt()).isEqualTo(clock.instant());
        assertThat(seen(orphaned).state()).isEqualTo(Recovery.State.STOPPED);
    }

    @Test
    void anEndpointHasOneRecoveryAtATimeAndThoseThatAreOverAreKeptAsLongAsAttempts() {
        Registered registered = node.webhooks.register(Node.endpoint());
        clock.advance(Duration.ofSeconds(1));
        Recovery first = recover(registered, RecoveryRequest.since(start));

        assertThatThrownBy(() -> recover(registered, RecoveryRequest.since(start)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining(first.id());
        node.drive();
        Recovery second = recover(registered, RecoveryRequest.since(start));
        node.drive();

        node.jump(Duration.ofDays(30));
        assertThat(seen(second).state()).isEqualTo(Recovery.State.DONE);
        node.jump(Duration.ofHours(2));
        assertThatThrownBy(() -> seen(second)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void missedEventsAreFoundInPiecesOfSeveralSlices() {
        publish(1_120);
        clock.advance(Duration.ofSeconds(1));
        Registered registered = node.webhooks.register(
                Node.endpoint().filter("{\"subject\":[{\"anything-but\":[\"i-49\",\"i-50\",\"i-499\",\"i-500\"]}]}"));

        Recovery recovery = recover(registered, RecoveryRequest.since(start).including(Include.MISSED));
        runUntil(node, RecoveryStep.NAME);
        assertThat(seen(recovery).added()).isEqualTo(497);
        settle(node);

        assertThat(seen(recovery).state()).isEqualTo(Recovery.State.DONE);
        assertThat(seen(recovery).added()).isEqualTo(1_116);
    }

    @Test
    void whatCannotBeRecoveredIsRefusedOrNotFound() {
        Registered registered = node.webhooks.register(Node.endpoint());
        String endpoint = registered.endpoint().id();
        clock.advance(Duration.ofSeconds(1));
        RecoveryRequest request = RecoveryRequest.since(start).until(start.plusMillis(1));
        Recovery recovery = recover(registered, request);
        Owner eve = Owner.user("eve");

        assertThat(recovery.until()).isEqualTo(start.plusMillis(1));
        assertThatThrownBy(() -> RecoveryRequest.since(start).until(start)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> recover(registered, RecoveryRequest.since(clock.instant())))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> node.webhooks.recovery(eve, recovery.id())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> node.webhooks.stopRecovery(eve, recovery.id())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> node.webhooks.recover(eve, endpoint, request)).isInstanceOf(NotFoundException.class);
        node.webhooks.setStatus(Node.ALICE, endpoint, EndpointStatus.PAUSED);
        assertThatThrownBy(() -> recover(registered, request)).isInstanceOf(ConflictException.class);
    }
}
