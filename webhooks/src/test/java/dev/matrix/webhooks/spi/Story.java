package dev.matrix.webhooks.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.HttpReply.Timing;
import dev.matrix.core.spi.Lease;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import dev.matrix.webhooks.Attempt;
import dev.matrix.webhooks.AttemptError;
import dev.matrix.webhooks.Delivery;
import dev.matrix.webhooks.DeliveryState;
import dev.matrix.webhooks.EndpointStatus;
import dev.matrix.webhooks.Ordering;
import dev.matrix.webhooks.Outcome;
import dev.matrix.webhooks.Trigger;
import dev.matrix.webhooks.spi.EndpointLeaseStore.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The three stores of one storage, and the steps that the contracts' tests are told in. Leases last 30 s; deliveries are
 * Ada's, made in the first second.
 */
record Story(
        StoreUnderTest<EndpointStore> endpoints,
        StoreUnderTest<EndpointLeaseStore> leases,
        StoreUnderTest<DeliveryStore> deliveries) {

    static final Owner ADA = Owner.user("u_ada");
    static final Owner BOB = Owner.partner("bøb");
    static final Duration LEASE = Duration.ofSeconds(30);

    static Story of(StoreContract contract) {
        StoreUnderTest<EndpointStore> endpoints = StoreUnderTest.of(contract, EndpointStore.class);
        return new Story(
                endpoints,
                new StoreUnderTest<>(endpoints.stores(), EndpointLeaseStore.class),
                new StoreUnderTest<>(endpoints.stores(), DeliveryStore.class));
    }

    static Instant at(long second) {
        return StoreUnderTest.START.plusSeconds(second);
    }

    /** {@code prefix0001} and on. */
    static List<String> ids(String prefix, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> prefix + "%04d".formatted(n))
                .toList();
    }

    static EndpointRow endpoint(String id, Owner owner) {
        byte[] settings = {'{', 0, '}', -1};
        return new EndpointRow(id, owner, 1, EndpointStatus.ACTIVE, null, settings, new byte[] {1}, null, 0, at(0));
    }

    static NewDelivery queued(String id, String endpointId, String eventId, String subject) {
        return new NewDelivery(
                id, ADA, endpointId, eventId, "invoice.paid", subject, Trigger.EVENT, Ordering.PER_SUBJECT, at(0));
    }

    /** Of an event of its own. */
    static NewDelivery queued(String id, String endpointId) {
        return queued(id, endpointId, "evt_" + id, "in_1");
    }

    /** What a request that began at second 5 came to. */
    static AttemptResult result(
            String attemptId, DeliveryRow row, Lease lease, DeliveryState state, @Nullable Instant dueAt) {
        Delivery d = row.delivery();
        boolean delivered = state == DeliveryState.DELIVERED;
        Integer status = delivered ? 200 : 500;
        AttemptError error = delivered ? null : AttemptError.STATUS;
        Delivery after = new Delivery(
                d.id(),
                d.endpointId(),
                d.eventId(),
                d.type(),
                d.subject(),
                state,
                d.trigger(),
                d.version(),
                d.attempts() + 1,
                d.deferrals(),
                d.createdAt(),
                dueAt,
                state.isOpen() ? null : at(6),
                null,
                status,
                error);
        Attempt attempt = new Attempt(
                attemptId,
                d.id(),
                d.endpointId(),
                row.requests() + 1,
                at(5),
                delivered ? Outcome.DELIVERED : Outcome.FAILED,
                status,
                error,
                "https://ada.example/hook",
                List.of("whk_2", "whk_1"),
                "198.51.100.7",
                Map.of("content-type", List.of("text/plain")),
                new byte[] {'o', 'k'},
                false,
                false,
                Timing.NONE);
        return new AttemptResult(attempt, after, row.requests() + 1, at(5), lease.token());
    }

    /** Adds endpoints of Ada's. */
    Story with(List<String> endpointIds) {
        endpoints.run((tx, store) -> endpointIds.forEach(id -> store.insert(tx, endpoint(id, ADA), List.of())));
        return this;
    }

    Story with(String... endpointIds) {
        return with(List.of(endpointIds));
    }

    long version(Owner owner) {
        return endpoints.get(
                (tx, store) -> store.routes(tx, List.of(owner)).get(0).version());
    }

    /** Routes by Ada's routes as they are. */
    Story route(List<NewDelivery> rows) {
        Map<Owner, Long> versions = Map.of(ADA, version(ADA));
        Routed routed = deliveries.get((tx, store) -> store.route(tx, rows, versions));
        assertThat(routed.stale()).isEmpty();
        return this;
    }

    Story route(NewDelivery... rows) {
        return route(List.of(rows));
    }

    List<Taken> acquire(String node, long second, List<String> endpointIds) {
        return leases.get((tx, store) -> store.acquire(tx, endpointIds, node, at(second), LEASE));
    }

    Lease lease(String node, long second, String endpointId) {
        List<Taken> taken = acquire(node, second, List.of(endpointId));
        assertThat(taken).hasSize(1);
        return taken.get(0).lease();
    }

    DeliveryRow row(String id) {
        return deliveries.get((tx, store) -> store.find(tx, id)).orElseThrow();
    }

    Set<String> complete(AttemptResult... results) {
        return deliveries.get((tx, store) -> store.complete(tx, List.of(results)));
    }

    /** Moves a delivery by an attempt of its own, {@code wha_ID}. */
    Story move(String id, Lease lease, DeliveryState state, @Nullable Instant dueAt) {
        assertThat(complete(result("wha_" + id, row(id), lease, state, dueAt))).containsExactly(id);
        return this;
    }

    Story retrying(String id, Lease lease, long dueSecond) {
        return move(id, lease, DeliveryState.RETRYING, at(dueSecond));
    }

    List<String> due(long second, EndpointShare... shares) {
        List<DeliveryRow> due = deliveries.get((tx, store) -> store.due(tx, List.of(shares), at(second)));
        return due.stream().map(row -> row.delivery().id()).toList();
    }
}
