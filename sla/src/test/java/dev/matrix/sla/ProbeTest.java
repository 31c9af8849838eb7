package dev.matrix.sla;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.payload.SlaComponentChanged;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.TransportException;
import dev.matrix.sla.ProbesInFlight.Answer;
import dev.matrix.sla.ProbesInFlight.Flight;
import dev.matrix.sla.spi.ComponentStore.ProbeRow;
import dev.matrix.sla.spi.ProbeContext;
import dev.matrix.sla.spi.ProbeMethod;
import dev.matrix.sla.spi.ProbeResult;
import dev.matrix.sla.spi.ProbeStatus;
import dev.matrix.sla.spi.ProbeTarget;
import dev.matrix.sla.spi.UptimeProbe;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.ScriptedTransport;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Components that are checked, and components that speak for themselves. */
class ProbeTest {

    private static final URI HEALTH = URI.create("https://api.example.com/health");
    private static final ProbeTarget API = ProbeTarget.http("api", HEALTH).build();
    private static final Instant TEN = Instant.parse("2025-11-06T10:00:00Z");

    private static ProbeRun up() {
        return new ProbeRun(ComponentState.UP, TEN.minusSeconds(60), null, 0, null);
    }

    /** Lets time pass in steps of 5 s. */
    private static void pass(SlaNode node, Duration time) {
        for (long left = time.toSeconds(); left > 0; left -= 5) {
            node.clock.advance(Duration.ofSeconds(5));
            node.drive();
        }
    }

    @Test
    @Tag("C20")
    @Tag("S15")
    @Tag("S16")
    void aRealOutageLosesNoMinuteAndALostCheckIsNone() {
        List<ComponentHistory.Change> changes = new ArrayList<>();
        changes.add(new ComponentHistory.Change(TEN.minusSeconds(36_000), ComponentState.UP));
        ProbeRun run = up();
        for (int[] check : new int[][] {{0, 0}, {20, 0}, {40, 0}, {240, 1}, {260, 1}}) {
            Instant at = TEN.plusSeconds(check[0]);
            ProbeRun.Next next = run.after(API, check[1] == 1 ? ProbeStatus.UP : ProbeStatus.DOWN, at);
            run = next.run();
            if (next.changedAt() != null) {
                changes.add(new ComponentHistory.Change(next.changedAt(), run.state()));
            }
        }
        assertThat(changes.subList(1, 3))
                .containsExactly(
                        new ComponentHistory.Change(TEN, ComponentState.DOWN),
                        new ComponentHistory.Change(TEN.plusSeconds(240), ComponentState.UP));
        ComponentHistory history = ComponentHistory.of(changes);
        long minute = Counting.minute(TEN);
        assertThat(minute).isPositive();
        long down = 0;
        for (long each = minute - 600; each < minute + 840; each++) {
            down += history.at(each, MinuteRounding.MAJORITY) == ComponentState.DOWN ? 1 : 0;
        }
        assertThat(down).isEqualTo(4);
        assertThat(Tally.of(down, 1_440).attainment(Requirements.HUNDRED)).isEqualByComparingTo("99.72");

        ProbeRun one = up().after(API, ProbeStatus.DOWN, TEN).run();
        ProbeRun two = one.after(API, ProbeStatus.DOWN, TEN.plusSeconds(20)).run();
        assertThat(two.next(API, TEN.plusSeconds(20))).isEqualTo(TEN.plusSeconds(40));
        assertThat(two.after(API, ProbeStatus.UP, TEN.plusSeconds(40)).changedAt())
                .isNull();
        assertThat(two.after(API, ProbeStatus.UP, TEN.plusSeconds(40)).run())
                .isEqualTo(up().after(API, ProbeStatus.UP, TEN.plusSeconds(40)).run());
    }

    @Test
    @Tag("S17")
    void anOutageIsFoundDatedBackAndTold() {
        SlaNode node = SlaNode.at("2025-11-06T09:57:40Z");
        node.slas.bind(SlaBinding.of(SlaNode.SUB, SlaNode.ADA, "enterprise", Instant.parse("2025-11-06T09:57:00Z"))
                .on("api"));
        Probe probe = node.slas.watch(API);
        assertThat(node.slas.watch(API).id()).isEqualTo(probe.id());
        node.drive();
        pass(node, Duration.ofMinutes(2));
        assertThat(node.slas.component("api").state()).isEqualTo(ComponentState.UP);
        node.answers = 503;
        pass(node, Duration.ofMinutes(4));
        SlaComponent down = node.slas.component("api");
        assertThat(down.state()).isEqualTo(ComponentState.DOWN);
        assertThat(down.since()).isEqualTo(TEN);
        node.answers = 200;
        pass(node, Duration.ofMinutes(3));

        assertThat(node.events("sla.component_changed"))
                .extracting(event -> ((SlaComponentChanged) event.payload()).to())
                .containsExactly("up", "down", "up");
        assertThat(((SlaComponentChanged)
                                node.events("sla.component_changed").get(1).payload())
                        .detail())
                .isEqualTo("status 503");
        SlaReport report = node.slas.report(SlaNode.SUB, SlaPeriod.parse("2025-11"));
        assertThat(report.days().get(0).down()).isBetween(3L, 6L);
        assertThat(report.incidents()).hasSize(1);
        assertThat(report.incidents().get(0).from()).isEqualTo(TEN);
        assertThat(node.slas.ownedBy(SlaNode.ADA).component("api").days()).hasSize(90);
        assertThatThrownBy(() -> node.slas.ownedBy(Owner.user("bob")).component("api"))
                .isInstanceOf(NotFoundException.class);
        assertThat(node.transport.calls()).allMatch(call -> call.headers().containsKey("Connection"));

        node.slas.unwatch(probe.id());
        assertThat(node.slas.component("api").state()).isEqualTo(ComponentState.UNKNOWN);
        assertThat(node.slas.probes(PageRequest.first(5)).items()).isEmpty();
        assertThatThrownBy(() -> node.slas.unwatch(probe.id())).isInstanceOf(NotFoundException.class);
    }

    @Test
    @Tag("C24")
    void aFailureOfThisSidesConnectionIsAGapAndNoDowntime() {
        URI elsewhere = URI.create("https://connectivity.example.net/");
        ScriptedTransport dead = ScriptedTransport.failing(TransportException.Kind.CONNECT, false);
        ProbeContext context = new ProbeContext(dead, InstantSource.system());
        UptimeProbe http = UptimeProbe.http();
        assertThat(result(http.check(API, context)).status()).isEqualTo(ProbeStatus.DOWN);
        ProbeTarget checked =
                ProbeTarget.http("api", HEALTH).connectivityCheck(elsewhere).build();
        assertThat(result(http.check(checked, context)).status()).isEqualTo(ProbeStatus.UNKNOWN);

        ProbeRun run = up();
        for (int minute = 0; minute < 10; minute++) {
            Instant at = TEN.plusSeconds(60L * minute);
            ProbeRun.Next silent = run.unheard(checked, at);
            if (silent.changedAt() != null) {
                assertThat(silent.changedAt()).isEqualTo(TEN);
                assertThat(silent.run().state()).isEqualTo(ComponentState.UNKNOWN);
            }
            run = silent.run().after(checked, ProbeStatus.UNKNOWN, at).run();
        }
        ProbeRun back = run.after(checked, ProbeStatus.UP, TEN.plusSeconds(600)).run();
        assertThat(back.after(checked, ProbeStatus.UP, TEN.plusSeconds(620)).changedAt())
                .isEqualTo(TEN.plusSeconds(600));
    }

    private static ProbeResult result(CompletionStage<ProbeResult> stage) {
        return stage.toCompletableFuture().join();
    }

    @Test
    void whatAnHttpProbeLooksAt() {
        ScriptedTransport answers = ScriptedTransport.replying(
                ScriptedTransport.reply(200, Map.of(), "all is well"),
                ScriptedTransport.reply(200, Map.of(), "maintenance"),
                ScriptedTransport.reply(302));
        ProbeContext context = new ProbeContext(answers, InstantSource.system());
        ProbeTarget target = ProbeTarget.http("api", HEALTH)
                .containing("well")
                .header("Authorization", "secret-1")
                .build();
        List<ProbeStatus> found = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            found.add(result(UptimeProbe.http().check(target, context)).status());
        }
        assertThat(found).containsExactly(ProbeStatus.UP, ProbeStatus.DOWN, ProbeStatus.DOWN);
        assertThat(answers.calls().get(0).reach()).isInstanceOf(HttpCall.Reach.PublicOnly.class);
        assertThat(target.toString()).contains("Authorization").doesNotContain("secret-1");
        ProbeContext guarded = new ProbeContext(
                ScriptedTransport.failing(TransportException.Kind.ADDRESS_BLOCKED, false), InstantSource.system());
        assertThat(result(UptimeProbe.http().check(API, guarded)).status()).isEqualTo(ProbeStatus.UNKNOWN);
        ProbeTarget inside = ProbeTarget.http("api", HEALTH).internal().build();
        assertThat(context.reach(inside)).isInstanceOf(HttpCall.Reach.Any.class);
    }

    @Test
    @Tag("S50")
    void targetsAreCheckedByField() {
        assertThatThrownBy(() -> ProbeTarget.http("api", HEALTH)
                        .method(ProbeMethod.HEAD)
                        .containing("x")
                        .build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("bodyContains");
        assertThatThrownBy(() ->
                        ProbeTarget.http("api", HEALTH).every(Duration.ZERO).build())
                .hasMessageContaining("interval");
        assertThatThrownBy(
                        () -> ProbeTarget.http("api", URI.create("ftp://x/y")).build())
                .hasMessageContaining("uri");
        assertThatThrownBy(() -> ProbeTarget.http("a\0b", HEALTH).build()).hasMessageContaining("componentId");
        SlaNode node = SlaNode.at("2025-11-06T10:00:00Z");
        assertThatThrownBy(
                        () -> node.slas.watch(ProbeTarget.of("api", "tcp", null).build()))
                .hasMessageContaining("kind");
        node.slas.watch(API);
        assertThatThrownBy(() -> node.slas.watch(
                        ProbeTarget.http("api", HEALTH).downAfter(5).build()))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> node.slas.heartbeat("api", TEN)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> node.slas.heartbeat("other", TEN)).isInstanceOf(NotFoundException.class);
    }

    @Test
    @Tag("C57")
    void aHeartbeatThatDoesNotComeIsDowntimeSinceItWasDue() {
        SlaNode node = SlaNode.at("2025-11-06T08:00:00Z");
        node.slas.watch(ProbeTarget.heartbeat("worker", Duration.ofHours(1))
                .timeout(Duration.ofSeconds(10))
                .build());
        for (int hour = 8; hour <= 10; hour++) {
            node.clock.set(Instant.parse("2025-11-06T00:00:00Z").plus(Duration.ofHours(hour)));
            node.slas.heartbeat("worker", node.now());
            node.drive();
        }
        node.clock.set(Instant.parse("2025-11-06T12:00:09Z"));
        node.drive();
        assertThat(node.slas.component("worker").state()).isEqualTo(ComponentState.UP);
        node.clock.set(Instant.parse("2025-11-06T12:00:10Z"));
        node.matrix.wake(ProbeStep.NAME);
        node.drive();
        SlaComponent down = node.slas.component("worker");
        assertThat(down.state()).isEqualTo(ComponentState.DOWN);
        assertThat(down.since()).isEqualTo(Instant.parse("2025-11-06T11:00:00Z"));
    }

    @Test
    @Tag("C73")
    void aHeartbeatOfAnotherCenturyCountsAsNow() {
        SlaNode node = SlaNode.at("2025-11-06T10:00:00Z");
        node.slas.watch(ProbeTarget.heartbeat("worker", Duration.ofMinutes(1)).build());
        node.slas.heartbeat("worker", Instant.parse("2099-01-01T00:00:00Z"));
        assertThat(node.slas.component("worker").since()).isEqualTo(TEN);
        node.slas.heartbeat("worker", TEN.minusSeconds(300));
        pass(node, Duration.ofSeconds(140));
        assertThat(node.slas.component("worker").state()).isEqualTo(ComponentState.DOWN);
        assertThat(node.slas.component("worker").since()).isEqualTo(TEN.plusSeconds(60));
    }

    @Test
    @Tag("C74")
    @Tag("S52")
    void aHealthyComponentIsCheckedOnTimeBesideFiveHundredThatHang() {
        ManualClock clock = ManualClock.at("2025-11-06T10:00:00Z");
        SlaNode node = new SlaNode(Stores.inMemory(clock), clock, "one", builder -> builder.probe(new Hanging()));
        for (int i = 0; i < 500; i++) {
            node.slas.watch(ProbeTarget.of("dead-" + i, "hanging", URI.create("https://dead-" + i + ".example/"))
                    .build());
        }
        node.slas.watch(API);
        pass(node, Duration.ofMinutes(3));
        List<HttpCall> calls = node.transport.calls();
        assertThat(calls.size()).isGreaterThanOrEqualTo(3);
        assertThat(node.slas.component("api").state()).isEqualTo(ComponentState.UP);
        pass(node, Duration.ofMinutes(3));
        assertThat(node.slas.component("dead-7").state()).isEqualTo(ComponentState.DOWN);
    }

    @Test
    @Tag("S52")
    void aHostHasAtMostEightChecksInTheAir() {
        ManualClock clock = ManualClock.at("2025-11-06T10:00:00Z");
        Hanging hanging = new Hanging();
        SlaNode node = new SlaNode(Stores.inMemory(clock), clock, "one", builder -> builder.probe(hanging));
        for (int i = 0; i < 20; i++) {
            node.slas.watch(ProbeTarget.of("c" + i, "hanging", HEALTH).build());
        }
        node.drive();
        hanging.awaitCalls(8);
        assertThat(hanging.calls()).isEqualTo(8);
    }

    @Test
    @Tag("S52")
    void whateverAProbeThrowsIsAFailureAndFreesItsSlot() throws InterruptedException {
        SlaNode node = SlaNode.at("2025-11-06T10:00:00Z");
        for (Throwable thrown : List.of(new IllegalStateException("secret-1"), new StackOverflowError())) {
            Semaphore woken = new Semaphore(0);
            ProbesInFlight flights = new ProbesInFlight(
                    Map.of("throwing", new Throwing(thrown)),
                    node.matrix::transport,
                    node.clock,
                    node.matrix.keys(),
                    new Text(node.matrix.json()),
                    woken::release);
            ProbeTarget target = ProbeTarget.of("c", "throwing", null).build();
            flights.begin(new Flight(
                    new ProbeRow("prb_1", "c", "{}", new byte[0], "{}", TEN, 1, null), target, "throwing", TEN));
            woken.acquire();
            List<Answer> answers = flights.answers(TEN);
            assertThat(answers).extracting(each -> each.result().status()).containsExactly(ProbeStatus.DOWN);
            assertThat(answers.get(0).result().detail()).isEqualTo("the probe failed");
            flights.stored(answers);
            assertThat(flights.size()).isZero();
        }
    }

    /** A probe that throws. */
    private record Throwing(Throwable thrown) implements UptimeProbe {

        @Override
        public String kind() {
            return "throwing";
        }

        @Override
        public CompletionStage<ProbeResult> check(ProbeTarget target, ProbeContext context) {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        }
    }

    @Test
    @Tag("C61")
    void aCheckOfACrashedNodeIsDoneAgainByAnother() {
        ManualClock clock = ManualClock.at("2025-11-06T10:00:00Z");
        Stores stores = Stores.inMemory(clock);
        Hanging hanging = new Hanging();
        SlaNode crashed = new SlaNode(stores, clock, "one", builder -> builder.probe(hanging));
        crashed.slas.watch(ProbeTarget.of("c", "hanging", HEALTH).build());
        crashed.drive();
        hanging.awaitCalls(1);

        Hanging second = new Hanging();
        SlaNode other = new SlaNode(stores, clock, "two", builder -> builder.probe(second));
        pass(other, Duration.ofSeconds(30));
        assertThat(second.calls()).isZero();
        pass(other, Duration.ofSeconds(15));
        second.awaitCalls(1);
        hanging.answerAll(ProbeStatus.UP);
        crashed.drive();
        assertThat(crashed.slas.probes(PageRequest.first(1)).items().get(0).lastResultAt())
                .isNull();
    }

    @Test
    @Tag("S17")
    void headersAreSentAndNeverShown() {
        SlaNode node = SlaNode.at("2025-11-06T10:00:00Z");
        Probe probe = node.slas.watch(
                ProbeTarget.http("api", HEALTH).header("X-Key", "secret-1").build());
        node.drive();
        assertThat(node.transport.calls().get(0).headers().get("X-Key")).containsExactly("secret-1");
        assertThat(probe.headerNames()).containsExactly("X-Key");
        assertThat(new String(node.matrix.json().encode(probe), UTF_8)).doesNotContain("secret-1");
        assertThat(new ProbeHeaders(SlaStores.of(node.matrix.stores())).resealBatch(node.matrix.keys(), 10, TEN))
                .isZero();
    }

    @Test
    @Tag("S17")
    void headersAreSealedAgainAfterARotation() {
        SlaNode node = SlaNode.at("2025-11-06T10:00:00Z");
        node.slas.watch(
                ProbeTarget.http("api", HEALTH).header("X-Key", "secret-1").build());
        KeyRing keys = node.matrix.keys();
        KeyRing rotated = (KeyRing) Proxy.newProxyInstance(
                KeyRing.class.getClassLoader(), new Class<?>[] {KeyRing.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("isCurrent")) {
                        return false;
                    }
                    return method.invoke(keys, arguments);
                });
        ProbeHeaders headers = new ProbeHeaders(SlaStores.of(node.matrix.stores()));
        assertThat(headers.purpose()).isEqualTo(Probes.HEADERS);
        assertThat(headers.resealBatch(rotated, 10, TEN)).isEqualTo(1);
        node.drive();
        assertThat(node.transport.calls().get(0).headers().get("X-Key")).containsExactly("secret-1");
    }
}
