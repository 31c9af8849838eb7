package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.spi.HttpCall;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Events that are sent to try an endpoint. */
@Tag("W41")
class TestEventsTest {

    private final Node node = Node.alone();
    private final Registered registered = node.webhooks.register(Node.endpoint());
    private final String id = registered.endpoint().id();

    private Delivery send() {
        return node.webhooks.sendTest(Node.ALICE, id, "payment.succeeded");
    }

    private static String text(HttpCall call) {
        return new String(call.body(), StandardCharsets.UTF_8);
    }

    @Test
    void theTypesExampleGoesToThisEndpointAloneMarkedAsATest() {
        node.webhooks.register(Endpoint.to(URI.create("https://other.example.com/"))
                .ownedBy(Node.ALICE)
                .events("*"));

        Delivery sent = send();
        node.drive();

        assertThat(sent.trigger()).isEqualTo(Trigger.TEST);
        assertThat(node.receivers.calls()).hasSize(1);
        HttpCall call = node.receivers.to(Node.URL).get(0);
        assertThat(text(call))
                .startsWith("{\"id\":\"" + sent.eventId()
                        + "\",\"type\":\"payment.succeeded\",\"version\":1,\"timestamp\":")
                .contains("\"subject\":\"" + sent.subject() + "\",\"data\":{\"id\":\"" + sent.subject() + "\",")
                .endsWith(",\"test\":true}}");
        assertThat(call.headers().get("webhook-id")).containsExactly(sent.eventId());
        assertThat(node.webhooks.delivery(Node.ALICE, sent.id()).state()).isEqualTo(DeliveryState.DELIVERED);
    }

    @Test
    void itIsInNoLogWhereSubscribersWouldTakeItForAFact() {
        Delivery sent = send();
        node.drive();

        assertThat(node.matrix
                        .events()
                        .page(EventQuery.all().ofTypes("payment.succeeded"), PageRequest.first(10))
                        .items())
                .isEmpty();
        assertThat(node.matrix.events().find(sent.eventId())).isEmpty();
    }

    @Test
    void oneAttemptIsMadeWhateverTheScheduleAndNobodyIsAlarmed() {
        Registered watcher = node.webhooks.register(Endpoint.to(URI.create("https://ops.example.com/"))
                .ownedBy(Node.ALICE)
                .events("endpoint.delivery_exhausted"));
        node.receivers.at(Node.URL, 500);

        Delivery sent = send();
        node.jump(Duration.ofHours(1));

        assertThat(node.receivers.to(Node.URL)).hasSize(1);
        assertThat(node.webhooks.delivery(Node.ALICE, sent.id()).state()).isEqualTo(DeliveryState.EXHAUSTED);
        assertThat(node.deliveries(watcher)).isEmpty();
    }

    @Test
    void aThinEndpointGetsTheMarkToo() {
        node.webhooks.update(Node.ALICE, id, 1, endpoint -> endpoint.body(BodyStyle.THIN));

        Delivery sent = send();
        node.drive();

        assertThat(text(node.receivers.to(Node.URL).get(0)))
                .endsWith(",\"data\":{\"id\":\"" + sent.subject() + "\",\"test\":true}}");
    }

    @Test
    void tenAMinuteAreAllowedAndTheEleventhIsAConflict() {
        for (int i = 0; i < 10; i++) {
            send();
        }
        assertThatThrownBy(this::send).isInstanceOf(ConflictException.class).hasMessageContaining("10");
        node.jump(Duration.ofSeconds(59));
        assertThatThrownBy(this::send).isInstanceOf(ConflictException.class);
        node.jump(Duration.ofSeconds(1));
        send();

        assertThat(node.drive().receivers.to(Node.URL)).hasSize(11);
    }

    @Test
    @Tag("W39")
    void aTestThatIsSentAgainIsOneOfTheTen() {
        Delivery sent = send();
        for (int i = 0; i < 9; i++) {
            node.drive();
            node.webhooks.retry(Node.ALICE, sent.id());
        }
        node.drive();

        assertThatThrownBy(() -> node.webhooks.retry(Node.ALICE, sent.id()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("10");
        assertThat(node.receivers.to(Node.URL)).hasSize(10);
    }

    @Test
    void anUnknownTypeOneWithoutExampleOrAnEndpointThatIsNotActiveIsRefused() {
        assertThatThrownBy(() -> node.webhooks.sendTest(Node.ALICE, id, "no.such_type"))
                .isInstanceOf(InvalidRequestException.class);
        node.webhooks.setStatus(Node.ALICE, id, EndpointStatus.PAUSED);
        assertThatThrownBy(this::send).isInstanceOf(ConflictException.class).hasMessageContaining("PAUSED");
        assertThat(node.deliveries(registered)).isEmpty();
    }

    @Test
    void everyStandardTypeHasAnExampleThatCanBeSent() {
        List<String> types = node.matrix.events().types().all().stream()
                .map(type -> type.name())
                .toList();
        for (String type : types) {
            node.webhooks.sendTest(Node.ALICE, id, type);
            node.jump(Duration.ofSeconds(6));
        }

        assertThat(node.receivers.to(Node.URL))
                .hasSize(types.size())
                .allSatisfy(call -> assertThat(text(call)).endsWith(",\"test\":true}}"));
    }
}
