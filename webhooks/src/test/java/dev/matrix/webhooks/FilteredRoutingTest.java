package dev.matrix.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.InstanceChanged;
import dev.matrix.core.money.Money;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Filters between a publish and its deliveries. */
@Tag("W3")
class FilteredRoutingTest {

    private static final Owner PARTNER = Owner.partner("reseller");
    private static final String DEAR = "{\"data\":{\"hourlyPrice\":{\"value\":[{\"numeric\":[\">=\",100]}]}}}";
    private static final String I_1 = "{\"subject\":[\"i-1\"]}";
    private static final String I_2 = "{\"subject\":[\"i-2\"]}";

    private final Node node = Node.alone();

    private Registered register(String filter) {
        return node.webhooks.register(Node.endpoint().filter(filter));
    }

    private InstanceChanged priced(String id, @Nullable Money price, Map<String, String> tags) {
        return new InstanceChanged(
                id,
                Node.ALICE,
                EventTypes.INSTANCE_STARTED,
                "gpu.a100",
                null,
                1,
                price,
                tags,
                null,
                null,
                node.clock.instant());
    }

    private List<String> subjects(Registered endpoint) {
        return node.deliveries(endpoint).stream()
                .map(Delivery::subject)
                .sorted()
                .toList();
    }

    @Test
    @Tag("C30")
    void moneyIsComparedByItsValueWhichTheBodySentDoesNotHave() {
        Registered dear = register(DEAR);

        node.matrix.events().publish(priced("dear", Money.of("120.00", "EUR"), Map.of()));
        node.matrix.events().publish(priced("cheap", Money.of("99.99", "EUR"), Map.of()));
        node.matrix.events().publish(priced("free", null, Map.of()));
        node.drive();

        assertThat(subjects(dear)).containsExactly("dear");
        assertThat(node.receivers.to(Node.URL))
                .singleElement()
                .satisfies(call -> assertThat(new String(call.body(), UTF_8))
                        .contains("\"hourlyPrice\":{\"amount\":\"120.00\",\"currency\":\"EUR\"}"));
    }

    @Test
    void theEnvelopeCanBeFilteredAndAPatternStillHasToMatch() {
        Registered some = register("{\"type\":[{\"suffix\":\".started\"}],\"version\":[1],\"subject\":[\"i-1\"]}");
        Registered other = node.webhooks.register(Endpoint.to(URI.create(Node.URL))
                .ownedBy(Node.ALICE)
                .events("invoice.*")
                .filter(I_1));
        Registered all = node.webhooks.register(Node.endpoint());

        node.publish("i-1");
        node.publish("i-2");

        assertThat(subjects(some)).containsExactly("i-1");
        assertThat(subjects(other)).isEmpty();
        assertThat(subjects(all)).containsExactly("i-1", "i-2");
    }

    @Test
    void oneEventIsFilteredForEachOwnerWhoSeesIt() {
        Registered own = register(I_1);
        Registered seeing =
                node.webhooks.register(Node.endpoint().ownedBy(PARTNER).filter(I_2));

        node.matrix.events().publish(BillingEvent.of(node.event("i-1")).visibleTo(PARTNER));
        node.matrix.events().publish(BillingEvent.of(node.event("i-2")).visibleTo(PARTNER));

        assertThat(subjects(own)).containsExactly("i-1");
        assertThat(subjects(seeing)).containsExactly("i-2");
    }

    @Test
    void aDottedTagIsNotAPathOfTheFilter() {
        Registered path = register("{\"data\":{\"tags\":{\"team\":{\"name\":[\"ml\"]}}}}");

        node.matrix.events().publish(priced("i-1", null, Map.of("team.name", "ml")));

        assertThat(subjects(path)).isEmpty();
    }

    @Test
    void amountsFinerThanADoubleAreStillCompared() {
        Registered dear = register("{\"data\":{\"hourlyPrice\":{\"value\":[{\"numeric\":[\">\",1]}]}}}");

        node.matrix.events().publish(priced("fine", Money.of("1.000000000000001234", "ETH"), Map.of()));
        node.matrix.events().publish(priced("finer", Money.of("0.999999999999991234", "ETH"), Map.of()));

        assertThat(subjects(dear)).containsExactly("fine");
    }

    @Test
    @Tag("W4")
    void aChangedFilterCountsForTheNextEventAndTheOthersStay() {
        Registered changing = register(I_1);
        Registered twin = register(I_1);
        node.publish("i-1");

        node.webhooks.update(Node.ALICE, changing.endpoint().id(), 1, endpoint -> endpoint.filter(I_2));
        node.publish("i-1");
        node.publish("i-2");
        node.webhooks.update(Node.ALICE, changing.endpoint().id(), 2, endpoint -> endpoint.filter(null));
        node.publish("i-3");

        assertThat(subjects(changing)).containsExactly("i-1", "i-2", "i-3");
        assertThat(subjects(twin)).containsExactly("i-1", "i-1");
    }

    @Test
    @Tag("W4")
    void aTableOfATransactionThatRollsBackLeavesTheKeptOneAsItWas() {
        Registered kept = register(I_1);
        node.publish("i-1");

        assertThatThrownBy(() -> node.matrix.transactions().inTransaction(tx -> {
                    node.webhooks.update(tx, Node.ALICE, kept.endpoint().id(), 1, endpoint -> endpoint.filter(I_2));
                    node.matrix.events().publish(tx, node.event("i-2"));
                    throw new IllegalStateException("host");
                }))
                .hasMessage("host");
        node.publish("i-1");
        node.publish("i-2");

        assertThat(subjects(kept)).containsExactly("i-1", "i-1");
    }
}
