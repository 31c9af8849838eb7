package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.StorageException;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.InstanceChanged;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.testkit.ManualClock;
import dev.matrix.webhooks.signing.SignatureScheme;
import dev.matrix.webhooks.spi.DeliveryRow;
import dev.matrix.webhooks.spi.DeliveryStore;
import dev.matrix.webhooks.spi.EndpointLeaseStore;
import dev.matrix.webhooks.spi.EndpointRow;
import dev.matrix.webhooks.spi.EndpointShare;
import dev.matrix.webhooks.spi.EndpointStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of the dispatcher, seen from outside a node. */
class DispatchRulesTest {

    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
    private final Stores stores = Stores.inMemory(clock);
    private final Receivers receivers = new Receivers();

    private Node node(String name, Stores over, ManualClock own) {
        return new Node(over, own, receivers, name, UnaryOperator.identity());
    }

    /** Leases that can be taken and not renewed. */
    private record Unrenewable(EndpointLeaseStore sound) implements EndpointLeaseStore {

        @Override
        public List<Taken> acquire(Tx tx, Collection<String> ids, String node, Instant now, Duration lease) {
            return sound.acquire(tx, ids, node, now, lease);
        }

        @Override
        public Set<String> renew(Tx tx, List<Lease> held, Instant now, Duration lease) {
            throw new StorageException("No lease is renewed.");
        }

        @Override
        public void release(Tx tx, List<LeaseState> states) {
            sound.release(tx, states);
        }

        @Override
        public void unblock(Tx tx, Collection<String> endpointIds) {
            sound.unblock(tx, endpointIds);
        }

        @Override
        public List<String> retriesDue(Tx tx, Instant now, int limit) {
            return sound.retriesDue(tx, now, limit);
        }
    }

    @Test
    @Tag("W15")
    void noRequestBeginsThatCouldOutliveALeaseThatIsNotRenewed() {
        Stores unrenewable =
                stores.with(EndpointLeaseStore.class, new Unrenewable(stores.get(EndpointLeaseStore.class)));
        Node node = node("one", unrenewable, clock);
        node.webhooks.register(Node.endpoint().rateLimit(1, 1).timeout(Duration.ofSeconds(12)));
        List<Instant> sent = new ArrayList<>();
        receivers.at(Node.URL, call -> {
            sent.add(clock.instant());
            return Receivers.reply(200, Map.of());
        });
        Instant leased = clock.instant();

        for (int i = 0; i < 29; i++) {
            node.publish("i-" + i);
            node.advance(Duration.ofSeconds(1));
        }

        assertThat(sent).isNotEmpty().allMatch(at -> !at.isAfter(leased.plusSeconds(30 - 12)));
        assertThat(sent.get(sent.size() - 1)).isAfter(leased.plusSeconds(10));
    }

    /** A look at these takes so many milliseconds; the pauses between them are noted. */
    private Stores slow(int look, List<Duration> pauses) {
        Instant[] ended = {Instant.MAX};
        return stores.with(DeliveryStore.class, new DeliveriesView(stores.get(DeliveryStore.class)) {
            @Override
            public List<DeliveryRow> due(Tx tx, List<EndpointShare> shares, Instant now) {
                if (ended[0].isBefore(Instant.MAX)) {
                    pauses.add(Duration.between(ended[0], clock.instant()));
                }
                clock.advance(Duration.ofMillis(look));
                ended[0] = clock.instant();
                return super.due(tx, shares, now);
            }
        });
    }

    /** A step runs each 50 ms, so a pause ends up to that later. */
    private static void assertThatAllAre(int millis, List<Duration> pauses) {
        assertThat(pauses).allSatisfy(each -> assertThat(each.toMillis()).isBetween((long) millis, millis + 50L));
    }

    @ParameterizedTest
    @CsvSource({"1, 50", "20, 80", "200, 500"})
    @Tag("W14")
    void theSlowerALookTheLongerThePauseAfterItUpToHalfASecond(int look, int pause) {
        List<Duration> pauses = new ArrayList<>();
        Node node = node("one", slow(look, pauses), clock);
        receivers.at(Node.URL, 404);
        node.webhooks.register(
                Node.endpoint().retry(new RetryPolicy(List.of(Duration.ofMinutes(5)), 0, Duration.ZERO)));
        node.publish("i-1");
        node.drive();
        pauses.clear();

        while (pauses.size() < 10) {
            clock.advance(Duration.ofMillis(1));
            node.drive();
        }

        assertThatAllAre(pause, pauses);
    }

    /** A look that is slower than discovery finds the next event discovered as it ends. */
    @Test
    @Tag("W14")
    void whatIsDiscoveredOfAnIdleEndpointIsLookedAt50MsAfterTheLastLookAndNotMuchLater() {
        List<Duration> pauses = new ArrayList<>();
        Node node = node("one", slow(60, pauses), clock);
        Node elsewhere = node("elsewhere", stores, clock);
        receivers.at(Node.URL, call -> {
            if (pauses.size() < 10) {
                elsewhere.publish("i-" + pauses.size());
            }
            return Receivers.reply(200, Map.of());
        });
        node.webhooks.register(Node.endpoint());
        elsewhere.publish("i");

        node.advance(Duration.ofSeconds(5));

        assertThat(pauses).hasSize(10);
        assertThatAllAre(50, pauses);
    }

    @Test
    @Tag("W14")
    void anEndpointOfWhichNothingIsOpenIsNotLookedAtUntilSomethingIsDiscovered() {
        AtomicInteger looks = new AtomicInteger();
        Node node = node("one", counting(looks), clock);
        Node elsewhere = node("elsewhere", stores, clock);
        node.webhooks.register(Node.endpoint());
        node.publish("i-1");
        node.advance(Duration.ofSeconds(1));
        looks.set(0);

        node.advance(Duration.ofSeconds(5));
        node.publish("i-2");
        node.advance(Duration.ofSeconds(2));
        assertThat(looks).hasValue(0);
        elsewhere.publish("i-3");
        node.advance(Duration.ofMillis(500));

        assertThat(receivers.calls()).hasSize(3);
        assertThat(looks).hasValue(1);
    }

    @Test
    @Tag("W14")
    void whatAnotherNodePublishesIsSeenBesideARequestThatHangs() {
        Node node = node("one", stores, clock);
        Node elsewhere = node("elsewhere", stores, clock);
        node.webhooks.register(Node.endpoint());
        node.advance(Duration.ofSeconds(1));
        receivers.hold(Node.URL);
        node.publish("i-1");
        node.drive();

        elsewhere.publish("i-2");
        node.advance(Duration.ofMillis(150));

        assertThat(receivers.held()).hasSize(2);
    }

    private Stores counting(AtomicInteger looks) {
        return stores.with(DeliveryStore.class, new DeliveriesView(stores.get(DeliveryStore.class)) {
            @Override
            public List<DeliveryRow> due(Tx tx, List<EndpointShare> shares, Instant now) {
                looks.incrementAndGet();
                return super.due(tx, shares, now);
            }
        });
    }

    @Test
    @Tag("W16")
    void anEndpointsRowsAreReadNoFurtherAheadThanTwiceWhatMayBeInFlight() {
        List<EndpointShare> asked = new ArrayList<>();
        Stores watched = stores.with(DeliveryStore.class, new DeliveriesView(stores.get(DeliveryStore.class)) {
            @Override
            public List<DeliveryRow> due(Tx tx, List<EndpointShare> shares, Instant now) {
                asked.addAll(shares);
                return super.due(tx, shares, now);
            }
        });
        Node node = node("one", watched, clock);
        node.webhooks.register(Node.endpoint().maxInFlight(20));
        for (int i = 0; i < 300; i++) {
            node.publish("i-" + i);
        }

        node.drive();

        assertThat(receivers.calls()).hasSize(300);
        assertThat(asked.get(0).limit()).isEqualTo(16);
        assertThat(asked).extracting(EndpointShare::limit).contains(40).allMatch(limit -> limit >= 16 && limit <= 40);
    }

    @Test
    @Tag("C25")
    void aNodeWhoseClockIsTenMinutesFastSendsNothingEarlyAndStealsNoLease() {
        Node steady = node("steady", stores, clock);
        ManualClock fast = ManualClock.at("2026-01-01T00:10:00Z");
        Node hasty = node("hasty", stores, fast);
        receivers.at(Node.URL, 404);
        Registered registered = steady.webhooks.register(
                Node.endpoint().retry(new RetryPolicy(List.of(Duration.ofMinutes(5)), 0, Duration.ZERO)));
        steady.publish("i-1");
        steady.drive();
        receivers.hold(Node.URL);
        steady.publish("i-2");
        steady.drive();
        assertThat(receivers.calls()).hasSize(2);

        hasty.drive();

        assertThat(receivers.calls()).as("leased by the other, and not yet due").hasSize(2);
        receivers.hold("");
        receivers.held().get(0).answer(200);
        steady.drive();
        clock.advance(Duration.ofMinutes(5).minusSeconds(1));
        fast.advance(Duration.ofMinutes(5).minusSeconds(1));
        hasty.drive();
        assertThat(receivers.calls()).hasSize(2);
        clock.advance(Duration.ofSeconds(1));
        fast.advance(Duration.ofSeconds(1));
        receivers.at(Node.URL, 200);
        hasty.drive();
        assertThat(receivers.calls()).hasSize(3);
        assertThat(steady.deliveries(registered))
                .allSatisfy(delivery -> assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED));
    }

    @Test
    @Tag("W38")
    void aRetryUsesUrlHeadersAndKeysOfItsOwnMoment() {
        Node node = node("one", stores, clock);
        Registered registered = node.webhooks.register(Node.endpoint().header("X-Token", "old"));
        String id = registered.endpoint().id();
        receivers.at(Node.URL, 500);
        node.publish("i-1");
        node.drive();
        node.webhooks.update(
                Node.ALICE,
                id,
                1,
                endpoint -> endpoint.url(URI.create("https://new.example.com/")).header("X-Token", "new"));
        node.webhooks.rotateSecret(Node.ALICE, id, RotationRequest.ofSecret().grace(Duration.ZERO));

        node.jump(Duration.ofSeconds(7));

        HttpCall call = receivers.to("https://new.example.com/").get(0);
        assertThat(receivers.to(Node.URL)).hasSize(1);
        assertThat(call.headers().get("X-Token")).containsExactly("new");
        assertThat(node.attempts(node.only(registered)))
                .extracting(Attempt::url)
                .containsExactly(Node.URL, "https://new.example.com/");
        assertThat(node.attempts(node.only(registered)).get(1).keyIds())
                .isEqualTo(node.view(registered).keyIds())
                .doesNotContainAnyElementsOf(registered.endpoint().keyIds());
    }

    @Test
    @Tag("W35")
    void aReceiverThatTakesAMessageAndAsksForNoMoreIsDisabled() {
        Node node = node("one", stores, clock);
        Registered registered = node.webhooks.register(Node.endpoint());
        receivers.at(Node.URL, call -> Receivers.reply(200, Map.of("webhook-delivery", "disable")));
        node.publish("i-1");
        node.drive();

        assertThat(node.only(registered).state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(node.view(registered).status()).isEqualTo(EndpointStatus.DISABLED);
        assertThat(node.view(registered).disabledReason()).isEqualTo(DisabledReason.RECEIVER_REQUEST);
    }

    @Test
    @Tag("W34")
    @Tag("C15")
    void throttlingCountsNoAttemptForThreeDaysAndThenItDoes() {
        Node node = node("one", stores, clock);
        Registered registered = node.webhooks.register(
                Node.endpoint().retry(RetryPolicy.standard().withJitter(0)));
        receivers.at(Node.URL, 429);
        node.publish("i-1");
        node.drive();
        Instant first = clock.instant();

        while (clock.instant().plus(Duration.ofHours(1)).isBefore(first.plus(Duration.ofHours(72)))) {
            node.jump(Duration.ofHours(1));
            assertThat(node.only(registered).attempts()).isZero();
        }
        assertThat(node.only(registered).deferrals()).isGreaterThan(60);
        node.jump(Duration.ofHours(2));

        assertThat(node.only(registered).attempts()).isEqualTo(1);
        assertThat(node.only(registered).state()).isEqualTo(DeliveryState.RETRYING);
    }

    @Test
    @Tag("W8")
    void aRequestSaysWhatItIsAndNothingMore() {
        Node node = node("one", stores, clock);
        node.webhooks.register(Node.endpoint()
                .signedWith(SignatureScheme.STANDARD_V1, SignatureScheme.STRIPE, SignatureScheme.GITHUB));
        String event = node.publish("i-1");
        node.drive();

        HttpCall call = receivers.calls().get(0);
        assertThat(call.headers().keySet())
                .containsExactlyInAnyOrder(
                        "Content-Type",
                        "User-Agent",
                        "webhook-id",
                        "webhook-timestamp",
                        "webhook-signature",
                        "Matrix-Signature",
                        "X-Hub-Signature-256");
        assertThat(call.headers().get("webhook-id")).containsExactly(event);
        assertThat(call.headers().get("webhook-timestamp"))
                .containsExactly(Long.toString(clock.instant().getEpochSecond()));
        assertThat(call.headers().get("Content-Type")).containsExactly("application/json");
        assertThat(new String(call.body(), StandardCharsets.UTF_8))
                .doesNotContain(" ")
                .doesNotContain("\n");
    }

    @Test
    @Tag("W22")
    void aWantOfThreadsEndsOneRequestAndNotTheSending() {
        Node node = node("one", stores, clock);
        Registered registered = node.webhooks.register(Node.endpoint());
        receivers.at(Node.URL, call -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        node.publish("i-1");
        node.drive();
        receivers.at(Node.URL, 200);
        node.publish("i-2");
        node.advance(Duration.ofMinutes(1));

        assertThat(node.deliveries(registered))
                .hasSize(2)
                .allSatisfy(delivery -> assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED));
    }

    @Test
    @Tag("W17")
    void anEndpointThatThisNodeCannotReadHoldsUpNoOther() {
        Node node = node("one", stores, clock);
        Registered registered = node.webhooks.register(Node.endpoint());
        Owner bob = Owner.user("bob");
        Registered other = node.webhooks.register(
                Endpoint.to(URI.create("https://bob.example.com/")).ownedBy(bob).events("*"));
        node.publish("i-1");
        EndpointRow sound = row(registered);
        replace(sound, 2, "{\"of\":\"a later release\"}".getBytes(StandardCharsets.UTF_8));
        node.matrix
                .events()
                .publish(InstanceChanged.builder("b-1", bob, EventTypes.INSTANCE_STARTED, "gpu", clock.instant())
                        .build());

        node.advance(Duration.ofSeconds(30));
        assertThat(node.only(other).state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(receivers.to(Node.URL)).isEmpty();

        replace(sound, 3, sound.settings());
        node.advance(Duration.ofMinutes(1));
        assertThat(node.only(registered).state()).isEqualTo(DeliveryState.DELIVERED);
    }

    private EndpointRow row(Registered registered) {
        return stores.transactions()
                .returning(tx -> stores.get(EndpointStore.class)
                        .load(tx, List.of(registered.endpoint().id()), clock.instant())
                        .get(0)
                        .row());
    }

    private void replace(EndpointRow row, long version, byte[] settings) {
        EndpointRow next = new EndpointRow(
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
                .inTransaction(tx -> assertThat(stores.get(EndpointStore.class).replaceIfVersion(tx, next))
                        .isTrue());
    }

    @Test
    @Tag("W28")
    void ofAReplysHeadersTheFirstEightKibibytesAreKept() {
        Node node = node("one", stores, clock);
        Registered registered = node.webhooks.register(Node.endpoint());
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < 2_000; i++) {
            headers.put("x-" + i, "y".repeat(100));
        }
        receivers.at(Node.URL, call -> Receivers.reply(200, headers));
        node.publish("i-1");
        node.drive();

        Attempt attempt = node.attempts(node.only(registered)).get(0);
        assertThat(attempt.replyHeaders()).containsKey("x-0").hasSizeBetween(70, 80);
        assertThat(attempt.truncated()).isTrue();
        assertThat(attempt.outcome()).isEqualTo(Outcome.DELIVERED);
    }

    @Test
    @Tag("W33")
    void ofTwoWaitsThatAReceiverAsksForTheLongerCounts() {
        Node node = node("one", stores, clock);
        node.webhooks.register(Node.endpoint());
        receivers.hold(Node.URL);
        node.publish("i-1");
        node.publish("i-2");
        node.drive();
        receivers.hold("");

        receivers.held().get(0).answer(Receivers.reply(503, Map.of("Retry-After", "3600")));
        receivers.held().get(1).answer(Receivers.reply(503, Map.of("Retry-After", "1")));
        node.advance(Duration.ofMinutes(59));
        assertThat(receivers.calls()).hasSize(2);

        node.advance(Duration.ofMinutes(20));
        assertThat(receivers.calls()).hasSize(4);
    }
}
