package dev.matrix.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ManualClock;
import dev.matrix.webhooks.RecoveryRequest.Include;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Missed events whose types have changed since, or that this node no longer knows. */
@Tag("W40")
class RecoveredTypesTest {

    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
    private final Stores stores = Stores.inMemory(clock);
    private final Node node = new Node(stores, clock, new Receivers(), "one", UnaryOperator.identity());
    private final Instant start = clock.instant();

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

    private record Done(String id, Owner owner, String note) implements EventPayload {
        @Override
        public EventType type() {
            return EventType.of("acme.done", Done.class);
        }
    }

    private record DoneInPercent(String id, Owner owner, Integer percent) implements EventPayload {
        @Override
        public EventType type() {
            return EventType.of("acme.done", DoneInPercent.class).version(2);
        }
    }

    /** A node before or after a change of the host's own event type. */
    private Matrix withType(String name, EventPayload payload) {
        return Matrix.builder()
                .stores(stores)
                .transport(node.receivers)
                .clock(clock)
                .node(name)
                .eventType(payload.type())
                .build();
    }

    @Test
    @Tag("E14")
    void aMissedEventOfAnEarlierPayloadVersionIsSentAsItIsStored() {
        Matrix former = withType("former", new Done("d-1", Node.ALICE, "all"));
        former.events().publish(new Done("d-1", Node.ALICE, "all"));
        clock.advance(Duration.ofSeconds(1));
        Matrix present = withType("present", new DoneInPercent("d-2", Node.ALICE, 100));
        Webhooks webhooks = Webhooks.on(present).build();
        Registered registered = webhooks.register(
                Node.endpoint().events("acme.done").filter("{\"data\":{\"note\":[\"all\"]},\"version\":[1]}"));

        Recovery recovery = webhooks.recover(
                Node.ALICE,
                registered.endpoint().id(),
                RecoveryRequest.since(start).including(Include.MISSED));
        while (!present.runDueStep().orElseThrow().equals(RecoveryStep.NAME)) {
            assertThat(present.nextDue()).isNotNull();
        }
        settle(node);

        assertThat(webhooks.recovery(Node.ALICE, recovery.id()).state()).isEqualTo(Recovery.State.DONE);
        assertThat(node.receivers.calls())
                .singleElement()
                .satisfies(call ->
                        assertThat(new String(call.body(), UTF_8)).contains("\"version\":1", "\"note\":\"all\""));
    }

    @Test
    @Tag("E14")
    void whereNoTypeThatAnEndpointWantsIsKnownNothingIsMissed() {
        Matrix former = withType("former", new Done("d-1", Node.ALICE, "all"));
        Registered registered =
                Webhooks.on(former).build().register(Node.endpoint().events("acme.done"));
        former.events().publish(new Done("d-0", Owner.user("other"), "all"));
        clock.advance(Duration.ofSeconds(1));

        Recovery recovery = recover(registered, RecoveryRequest.since(start).including(Include.MISSED));
        settle(node);

        assertThat(seen(recovery).state()).isEqualTo(Recovery.State.DONE);
        assertThat(seen(recovery).added()).isZero();
    }
}
