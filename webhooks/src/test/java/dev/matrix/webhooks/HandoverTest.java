package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.event.EventQuery;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.testkit.ManualClock;
import dev.matrix.webhooks.spi.DeliveryRow;
import dev.matrix.webhooks.spi.DeliveryStore;
import dev.matrix.webhooks.spi.EndpointShare;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Deliveries that reach their lane without a look at the store. */
class HandoverTest {

    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
    private final Receivers receivers = new Receivers();
    private final List<String> read = new ArrayList<>();
    private final Stores sound = Stores.inMemory(clock);
    private final Stores watched = sound.with(DeliveryStore.class, new DeliveriesView(sound.get(DeliveryStore.class)) {
        @Override
        public List<DeliveryRow> due(Tx tx, List<EndpointShare> shares, Instant now) {
            List<DeliveryRow> rows = super.due(tx, shares, now);
            rows.forEach(row -> read.add(row.delivery().subject()));
            return rows;
        }
    });
    private final Node node = new Node(watched, clock, receivers, "one", UnaryOperator.identity());

    /** An endpoint whose lane has caught up. */
    private Registered caughtUp(Endpoint endpoint) {
        Registered registered = node.webhooks.register(endpoint);
        node.publish("i-0");
        node.drive();
        assertThat(receivers.calls()).hasSize(1);
        return registered;
    }

    @Test
    @Tag("W14")
    void whatANodePublishesForALaneThatHasCaughtUpIsSentUnread() {
        caughtUp(Node.endpoint());

        node.publish("i-1");
        node.drive();

        assertThat(receivers.calls()).hasSize(2);
        assertThat(read).containsExactly("i-0");
    }

    @Test
    @Tag("W16")
    void whatALaneHasNoRoomForIsReadAndNothingIsSentTwice() {
        Registered endpoint = caughtUp(Node.endpoint());
        receivers.hold(Node.URL);

        for (int i = 1; i <= 60; i++) {
            node.publish("i-" + i);
        }
        node.drive();
        receivers.hold("");
        receivers.held().forEach(held -> held.answer(200));
        node.drive();

        assertThat(receivers.calls()).hasSize(61);
        assertThat(read).contains("i-60").doesNotContain("i-1").doesNotHaveDuplicates();
        assertThat(node.deliveries(endpoint)).extracting(Delivery::state).containsOnly(DeliveryState.DELIVERED);
    }

    @Test
    @Tag("W16")
    void whatIsSentAndNotYetStoredTakesNoRoom() {
        caughtUp(Node.endpoint().maxInFlight(20));
        receivers.hold(Node.URL);
        for (int i = 1; i <= 8; i++) {
            node.publish("i-" + i);
        }
        node.drive();
        assertThat(receivers.held()).hasSize(8);

        for (int i = 9; i <= 24; i++) {
            node.publish("i-" + i);
        }
        receivers.hold("");
        receivers.held().forEach(held -> held.answer(200));
        node.drive();

        assertThat(receivers.calls()).hasSize(25);
        assertThat(read).containsExactly("i-0");
    }

    @Test
    @Tag("W21")
    void whereSubjectsKeepAnOrderEverythingIsRead() {
        caughtUp(Node.endpoint().ordering(Ordering.PER_SUBJECT));

        node.publish("i-1");
        node.drive();

        assertThat(read).containsExactly("i-0", "i-1");
    }

    @Test
    @Tag("W38")
    void anEventPublishedAfterAChangeGoesWhereTheEndpointPointsNow() {
        Registered registered = caughtUp(Node.endpoint());
        String moved = "https://alice.example.com/moved";
        EndpointView view = node.view(registered);

        node.webhooks.update(Node.ALICE, view.id(), view.version(), endpoint -> endpoint.url(URI.create(moved)));
        node.publish("i-1");
        node.drive();

        assertThat(receivers.to(moved)).hasSize(1);
        assertThat(receivers.calls()).hasSize(2);
    }

    @Test
    @Tag("W38")
    void aPausedEndpointIsHandedNothing() {
        Registered registered = caughtUp(Node.endpoint());

        node.webhooks.setStatus(Node.ALICE, registered.endpoint().id(), EndpointStatus.PAUSED);
        node.publish("i-1");
        node.drive();
        assertThat(receivers.calls()).hasSize(1);

        node.webhooks.setStatus(Node.ALICE, registered.endpoint().id(), EndpointStatus.ACTIVE);
        node.drive();
        assertThat(receivers.calls()).hasSize(2);
    }

    @Test
    @Tag("W6")
    void aReplayOfWhatWasDeliveredHandsOverNothing() {
        caughtUp(Node.endpoint());

        node.matrix.events().replay(WebhookRouter.NAME, EventQuery.all());
        node.advance(Duration.ofMinutes(1));

        assertThat(receivers.calls()).hasSize(1);
    }
}
