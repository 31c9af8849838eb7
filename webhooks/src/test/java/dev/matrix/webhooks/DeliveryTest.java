package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.InstanceChanged;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.TransportException;
import dev.matrix.core.spi.Tx;
import dev.matrix.testkit.ManualClock;
import dev.matrix.webhooks.signing.Verification;
import dev.matrix.webhooks.signing.WebhookVerifier;
import dev.matrix.webhooks.spi.AttemptResult;
import dev.matrix.webhooks.spi.DeliveryStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The life of a delivery, from the event that makes it to the state that ends it. */
class DeliveryTest {

    private final Node node = Node.alone();

    private static Map<String, String> headers(HttpCall call) {
        return call.headers().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().get(0)));
    }

    @Test
    @Tag("W1")
    @Tag("W8")
    void anEventReachesTheEndpointThatWantsItSignedSoThatTheReceiverCanTellIt() {
        Registered registered = node.webhooks.register(Node.endpoint());
        String eventId = node.publish("i-1");

        node.drive();

        HttpCall call = node.receivers.to(Node.URL).get(0);
        Verification verified =
                WebhookVerifier.standard(registered.secret()).clock(node.clock).verify(headers(call), call.body());
        assertThat(verified).isInstanceOf(Verification.Verified.class);
        assertThat(((Verification.Verified) verified).id()).isEqualTo(eventId);
        assertThat(headers(call)).containsEntry("Content-Type", "application/json");
        assertThat(headers(call).get("User-Agent")).matches("Matrix-Webhooks/[0-9]+\\.[0-9]+\\.[0-9]+.*");
        Delivery delivery = node.only(registered);
        assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(delivery.attempts()).isEqualTo(1);
        assertThat(node.attempts(delivery)).singleElement().satisfies(attempt -> {
            assertThat(attempt.status()).isEqualTo(200);
            assertThat(attempt.late()).isFalse();
            assertThat(attempt.replyBody()).asString().isEqualTo("ok");
        });
    }

    @Test
    @Tag("W7")
    @Tag("C5")
    void everyAttemptSendsTheSameBytesUnderTheSameIdAndVerifiesAtItsOwnTime() {
        Registered registered = node.webhooks.register(Node.endpoint());
        node.receivers.at(Node.URL, 503);
        String eventId = node.publish("Zoë 💶 \u2028");
        node.drive();
        node.receivers.at(Node.URL, 200);

        node.jump(Duration.ofHours(1));

        List<HttpCall> calls = node.receivers.to(Node.URL);
        assertThat(calls).hasSize(2);
        assertThat(calls.get(1).body()).isEqualTo(calls.get(0).body());
        assertThat(new String(calls.get(0).body(), StandardCharsets.UTF_8))
                .startsWith("{\"id\":\"" + eventId
                        + "\",\"type\":\"instance.started\",\"version\":1,\"timestamp\":\"2026-01-01")
                .contains("\"subject\":\"Zoë 💶 \u2028\",\"data\":{\"id\":\"Zoë 💶 \u2028\",");
        for (HttpCall call : calls) {
            assertThat(headers(call)).containsEntry("webhook-id", eventId);
        }
        assertThat(WebhookVerifier.standard(registered.secret())
                        .clock(node.clock)
                        .verify(headers(calls.get(1)), calls.get(1).body()))
                .isInstanceOf(Verification.Verified.class);
        assertThat(headers(calls.get(0)).get("webhook-timestamp"))
                .isNotEqualTo(headers(calls.get(1)).get("webhook-timestamp"));
    }

    @Test
    @Tag("W7")
    void aThinBodyNamesTheSubjectAlone() {
        node.webhooks.register(Node.endpoint().body(BodyStyle.THIN));
        node.publish("i-1");

        node.drive();

        assertThat(new String(node.receivers.calls().get(0).body(), StandardCharsets.UTF_8))
                .endsWith(",\"subject\":\"i-1\",\"data\":{\"id\":\"i-1\"}}");
    }

    @Test
    @Tag("W32")
    @Tag("C15")
    void aFailingReceiverIsTriedTenTimesOverThreeDaysAndThenTheDeliveryIsExhausted() {
        RetryPolicy exact = RetryPolicy.standard().withJitter(0);
        node.receivers.at(Node.URL, 500);
        Registered registered = node.webhooks.register(Node.endpoint().retry(exact));
        node.publish("i-1");
        node.drive();

        for (int attempt = 1; attempt < exact.attempts(); attempt++) {
            Instant began =
                    node.attempts(node.only(registered)).get(attempt - 1).startedAt();
            node.clock.set(began.plus(exact.delays().get(attempt - 1)).minusMillis(1));
            node.drive();
            assertThat(node.receivers.to(Node.URL)).hasSize(attempt);
            node.advance(Duration.ofMillis(51));
            assertThat(node.receivers.to(Node.URL)).hasSize(attempt + 1);
        }

        assertThat(exact.span()).isEqualTo(Duration.parse("PT75H35M5S"));
        Delivery delivery = node.only(registered);
        assertThat(delivery.state()).isEqualTo(DeliveryState.EXHAUSTED);
        assertThat(delivery.attempts()).isEqualTo(10);
        assertThat(delivery.lastStatus()).isEqualTo(500);
    }

    @Test
    @Tag("W31")
    @Tag("C16")
    void goneDisablesTheEndpointCancelsWhatIsOpenAndSaysSoOnce() {
        Registered registered = node.webhooks.register(Node.endpoint().maxInFlight(1));
        Registered watcher = node.webhooks.register(Endpoint.to(URI.create("https://ops.example.com/"))
                .ownedBy(Node.ALICE)
                .events("endpoint.*"));
        node.receivers.at(Node.URL, 410);
        node.publish("i-1");
        node.publish("i-2");
        node.publish("i-3");
        node.publish("i-4");

        node.drive();

        assertThat(node.receivers.to(Node.URL)).hasSize(1);
        assertThat(node.view(registered).status()).isEqualTo(EndpointStatus.DISABLED);
        assertThat(node.view(registered).disabledReason()).isEqualTo(DisabledReason.GONE);
        assertThat(node.deliveries(registered))
                .hasSize(4)
                .allSatisfy(delivery -> assertThat(delivery.state()).isEqualTo(DeliveryState.CANCELLED));
        assertThat(node.deliveries(watcher))
                .filteredOn(delivery -> delivery.type().equals("endpoint.disabled"))
                .hasSize(1);
    }

    @Test
    @Tag("C16")
    void notFoundOnlyRetries() {
        Registered registered = node.webhooks.register(Node.endpoint());
        node.receivers.at(Node.URL, 404);
        node.publish("i-1");

        node.drive();

        assertThat(node.only(registered).state()).isEqualTo(DeliveryState.RETRYING);
        assertThat(node.view(registered).status()).isEqualTo(EndpointStatus.ACTIVE);
    }

    @Test
    @Tag("W36")
    @Tag("C16")
    void anEndpointThatFailsForFiveDaysIsDisabledAndNotAMinuteSooner() {
        Registered registered = node.webhooks.register(Node.endpoint());
        node.receivers.at(Node.URL, 404);
        for (int failure = 0; failure < 10; failure++) {
            node.publish("i-" + failure);
        }
        node.drive();
        assertThat(node.view(registered).failingSince()).isEqualTo(node.clock.instant());

        node.jump(Duration.ofMinutes(119 * 60 + 59));
        assertThat(node.view(registered).status()).isEqualTo(EndpointStatus.ACTIVE);
        node.publish("late");
        node.jump(Duration.ofMinutes(1));

        assertThat(node.view(registered).status()).isEqualTo(EndpointStatus.DISABLED);
        assertThat(node.view(registered).disabledReason()).isEqualTo(DisabledReason.FAILING);
    }

    @Test
    @Tag("W20")
    @Tag("C28")
    void aHundredThousandRowsBehindAnOpenBreakerStayAsTheyAreUntilTheProbe() {
        ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
        Stores stores = Stores.inMemory(clock);
        AtomicInteger changed = new AtomicInteger();
        Stores watched = stores.with(DeliveryStore.class, new DeliveriesView(stores.get(DeliveryStore.class)) {
            @Override
            public Set<String> complete(Tx tx, List<AttemptResult> results) {
                changed.addAndGet(results.size());
                return super.complete(tx, results);
            }
        });
        Node one = new Node(watched, clock, new Receivers(), "one", UnaryOperator.identity());
        one.webhooks.register(Node.endpoint());
        one.receivers.failing(Node.URL, TransportException.Kind.CONNECT);
        for (int from = 0; from < 100_000; from += 1_000) {
            one.matrix
                    .events()
                    .publishAll(IntStream.range(from, from + 1_000)
                            .mapToObj(i -> BillingEvent.of(one.event("i-" + i)))
                            .toList());
        }
        one.drive();
        int sent = one.receivers.to(Node.URL).size();
        assertThat(sent).isBetween(10, 20);
        assertThat(changed).hasValue(sent);

        one.advance(Duration.ofSeconds(23));
        assertThat(one.receivers.to(Node.URL)).hasSize(sent);
        assertThat(changed).hasValue(sent);

        one.receivers.hold(Node.URL);
        one.advance(Duration.ofSeconds(14));
        assertThat(one.receivers.held()).hasSize(1);
        assertThat(changed).hasValue(sent);
    }

    @Test
    @Tag("W20")
    @Tag("C28")
    void whileTheBreakerIsOpenNoDeliveryChangesAndOneProbeGoesFirst() {
        Registered registered = node.webhooks.register(Node.endpoint());
        node.receivers.failing(Node.URL, TransportException.Kind.CONNECT);
        for (int i = 0; i < 30; i++) {
            node.publish("i-" + i);
        }
        node.drive();
        int sent = node.receivers.to(Node.URL).size();
        assertThat(sent).isBetween(10, 20);
        List<Delivery> before = node.deliveries(registered);

        node.advance(Duration.ofSeconds(20));
        assertThat(node.receivers.to(Node.URL)).hasSize(sent);
        assertThat(node.deliveries(registered)).isEqualTo(before);

        node.receivers.hold(Node.URL);
        node.advance(Duration.ofSeconds(17));
        assertThat(node.receivers.held()).hasSize(1);
        node.receivers.hold("");
        node.receivers.at(Node.URL, 200);
        node.receivers.held().get(0).answer(200);
        node.advance(Duration.ofMinutes(7));
        assertThat(node.deliveries(registered))
                .allSatisfy(delivery -> assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED));
    }

    @Test
    @Tag("W21")
    @Tag("C26")
    void perSubjectOrderHoldsTheNextEventOfASubjectUntilTheFormerIsTerminal() {
        node.webhooks.register(Node.endpoint().ordering(Ordering.PER_SUBJECT));
        node.receivers.at(
                Node.URL,
                call -> Receivers.reply(
                        new String(call.body(), StandardCharsets.UTF_8).contains("first") ? 500 : 200, Map.of()));
        publishNoted("s1", "first");
        publishNoted("s1", "second");
        publishNoted("s2", "other");

        node.drive();
        assertThat(notes()).containsExactly("first", "other");

        node.advance(Duration.ofSeconds(7));
        assertThat(notes()).containsExactly("first", "other", "first");

        node.receivers.at(Node.URL, 200);
        node.jump(Duration.ofMinutes(6));
        assertThat(notes()).containsExactly("first", "other", "first", "first", "second");
    }

    private void publishNoted(String subject, String note) {
        node.matrix
                .events()
                .publish(InstanceChanged.builder(
                                subject, Node.ALICE, EventTypes.INSTANCE_STOPPED, "gpu", node.clock.instant())
                        .reason(note)
                        .build());
    }

    private List<String> notes() {
        return node.receivers.calls().stream()
                .map(call ->
                        new String(call.body(), StandardCharsets.UTF_8).replaceAll(".*\"reason\":\"(\\w+)\".*", "$1"))
                .toList();
    }

    @Test
    @Tag("W38")
    void aPausedEndpointHoldsItsDeliveriesUntilItIsActiveAgain() {
        Registered registered = node.webhooks.register(Node.endpoint());
        String id = registered.endpoint().id();
        node.webhooks.setStatus(Node.ALICE, id, EndpointStatus.PAUSED);
        node.publish("i-1");
        node.advance(Duration.ofMinutes(1));
        assertThat(node.receivers.calls()).isEmpty();
        assertThat(node.only(registered).state()).isEqualTo(DeliveryState.QUEUED);

        node.webhooks.setStatus(Node.ALICE, id, EndpointStatus.ACTIVE);
        node.advance(Duration.ofSeconds(1));
        assertThat(node.only(registered).state()).isEqualTo(DeliveryState.DELIVERED);
    }

    @Test
    @Tag("W38")
    void disablingCancelsALongBacklogInStepsAndRoutesNothingMore() {
        Registered registered = node.webhooks.register(Node.endpoint());
        String id = registered.endpoint().id();
        node.webhooks.setStatus(Node.ALICE, id, EndpointStatus.PAUSED);
        for (int i = 0; i < 3; i++) {
            node.matrix
                    .events()
                    .publishAll(IntStream.range(0, 700)
                            .mapToObj(n -> BillingEvent.of(node.event("i-" + n)))
                            .toList());
        }

        node.webhooks.setStatus(Node.ALICE, id, EndpointStatus.DISABLED);
        node.publish("after");
        node.advance(Duration.ofSeconds(1));

        Map<DeliveryState, Long> states = Stream.of(DeliveryState.values())
                .collect(Collectors.toMap(state -> state, state -> count(registered, state)));
        assertThat(states).containsEntry(DeliveryState.CANCELLED, 2_100L).containsEntry(DeliveryState.QUEUED, 0L);
        assertThat(node.receivers.calls()).isEmpty();
    }

    private long count(Registered registered, DeliveryState state) {
        long count = 0;
        String cursor = null;
        do {
            var page = node.webhooks.deliveries(
                    Node.ALICE,
                    DeliveryQuery.ofEndpoint(registered.endpoint().id()).inState(state),
                    new PageRequest(1_000, cursor));
            count += page.items().size();
            cursor = page.nextCursor();
        } while (cursor != null);
        return count;
    }

    @Test
    @Tag("W45")
    void aReplyThatNobodyCanJudgeEndsItsAttemptAndGivesItsPlaceBack() {
        Registered registered = node.webhooks.register(Node.endpoint());
        node.receivers.at(
                Node.URL,
                call -> new HttpReply(
                        200,
                        Map.of("X", Arrays.asList((String) null)),
                        new byte[0],
                        HttpReply.End.COMPLETE,
                        null,
                        HttpReply.Timing.NONE));
        node.publish("i-1");

        node.drive();

        assertThat(node.only(registered).attempts()).isEqualTo(1);
        assertThat(node.only(registered).state()).isEqualTo(DeliveryState.RETRYING);
    }
}
