package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ManualClock;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which endpoints an event goes to. */
class RoutingTest {

    private static final Owner PARTNER = Owner.partner("reseller");

    private final Node node = Node.alone();

    private static Endpoint at(String url, Owner owner, String... events) {
        return Endpoint.to(URI.create(url)).ownedBy(owner).events(events);
    }

    @Test
    @Tag("W1")
    void ownersAndThoseWhoMaySeeItGetAnEventAndNobodyElse() {
        Registered own = node.webhooks.register(Node.endpoint());
        Registered seeing = node.webhooks.register(at("https://p.example.com/", PARTNER, "*"));
        Registered other = node.webhooks.register(at("https://o.example.com/", Owner.user("other"), "*"));

        node.matrix.events().publish(BillingEvent.of(node.event("i-1")).visibleTo(PARTNER, Node.ALICE));

        assertThat(node.deliveries(own)).hasSize(1);
        assertThat(node.deliveries(seeing)).hasSize(1);
        assertThat(node.deliveries(other)).isEmpty();
    }

    @Test
    @Tag("W2")
    void patternsAreExactFamiliesOrAll() {
        Registered exact = node.webhooks.register(at("https://a.example.com/", Node.ALICE, "instance.started"));
        Registered family = node.webhooks.register(at("https://b.example.com/", Node.ALICE, "invoice.*", "instance.*"));
        Registered none = node.webhooks.register(at("https://c.example.com/", Node.ALICE, "instance.stopped"));

        node.publish("i-1");

        assertThat(node.deliveries(exact)).hasSize(1);
        assertThat(node.deliveries(family)).hasSize(1);
        assertThat(node.deliveries(none)).isEmpty();
        assertThatThrownBy(() -> node.webhooks.register(at("https://d.example.com/", Node.ALICE, "no.such")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("no.such");
    }

    @Test
    @Tag("W2")
    @Tag("C29")
    void allMeansAllButTheTypesThatMustBeNamed() {
        Registered all = node.webhooks.register(at("https://a.example.com/", Node.ALICE, "*"));
        Registered usage = node.webhooks.register(at("https://b.example.com/", Node.ALICE, "usage.recorded"));
        BillingEvent.of(node.event("i-1"));

        node.matrix.events().publish(usage(Node.ALICE));

        assertThat(node.deliveries(all)).isEmpty();
        assertThat(node.deliveries(usage)).hasSize(1);
    }

    private static dev.matrix.core.event.EventPayload usage(Owner owner) {
        var example = (dev.matrix.core.event.payload.UsageRecorded)
                EventTypes.USAGE_RECORDED.example().orElseThrow();
        return new dev.matrix.core.event.payload.UsageRecorded(
                example.id(),
                owner,
                example.metric(),
                example.quantity(),
                example.unit(),
                example.resourceId(),
                example.resourceKind(),
                example.subscriptionId(),
                example.cost(),
                example.period(),
                example.attributes());
    }

    @Test
    @Tag("W42")
    @Tag("C29")
    void anEndpointIsNeverToldOfItself() {
        Registered all = node.webhooks.register(at("https://a.example.com/", Node.ALICE, "endpoint.*"));
        Registered watcher = node.webhooks.register(at("https://b.example.com/", Node.ALICE, "endpoint.*"));

        node.webhooks.setStatus(Node.ALICE, all.endpoint().id(), EndpointStatus.PAUSED);

        assertThat(node.deliveries(all))
                .noneSatisfy(delivery ->
                        assertThat(delivery.subject()).isEqualTo(all.endpoint().id()));
        assertThat(node.deliveries(watcher))
                .anySatisfy(delivery ->
                        assertThat(delivery.subject()).isEqualTo(all.endpoint().id()));
    }

    @Test
    @Tag("W5")
    @Tag("C22")
    void whatIsRegisteredOnOneNodeGetsWhatAnotherNodeWithAWarmCachePublishes() {
        ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
        Stores stores = Stores.inMemory(clock);
        Receivers receivers = new Receivers();
        Node a = new Node(stores, clock, receivers, "a", UnaryOperator.identity());
        Node b = new Node(stores, clock, receivers, "b", UnaryOperator.identity());
        b.publish("before");

        Registered registered = a.webhooks.register(Node.endpoint());
        b.publish("after");
        b.drive();

        assertThat(a.only(registered).subject()).isEqualTo("after");
        assertThat(receivers.to(Node.URL)).hasSize(1);
    }

    @Test
    @Tag("W5")
    void aRegistrationThatRolledBackIsNotRememberedByThePublisher() {
        node.publish("warm");
        assertThatThrownBy(() -> node.matrix.transactions().inTransaction(tx -> {
                    node.webhooks.register(tx, at("https://never.example.com/", Node.ALICE, "*"));
                    node.matrix.events().publish(tx, node.event("i-1"));
                    throw new IllegalStateException("host");
                }))
                .hasMessage("host");
        Registered real = node.webhooks.register(Node.endpoint());

        node.publish("i-2");
        node.drive();

        assertThat(node.only(real).subject()).isEqualTo("i-2");
        assertThat(node.receivers.to("https://never.example.com/")).isEmpty();
    }

    @Test
    @Tag("C21")
    void whatRollsBackIsNeverSent() {
        node.webhooks.register(Node.endpoint());
        assertThatThrownBy(() -> node.matrix.transactions().inTransaction(tx -> {
                    node.matrix.events().publish(tx, node.event("i-1"));
                    throw new IllegalStateException("host");
                }))
                .hasMessage("host");

        node.drive();

        assertThat(node.receivers.calls()).isEmpty();
    }

    @Test
    @Tag("W6")
    void aRepeatedPublishMakesNoSecondDelivery() {
        Registered registered = node.webhooks.register(Node.endpoint());
        node.matrix.events().publish(BillingEvent.of(node.event("i-1")).withKey("k"));
        node.matrix.events().publish(BillingEvent.of(node.event("i-1")).withKey("k"));

        node.drive();

        assertThat(node.deliveries(registered)).hasSize(1);
        assertThat(node.receivers.calls()).hasSize(1);
    }
}
