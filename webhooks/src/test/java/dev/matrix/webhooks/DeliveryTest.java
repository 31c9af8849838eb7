package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.HttpCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The life of a delivery, from the event that makes it to the state that ends it. */
class DeliveryTest {

    private static Map<String, String> headers(HttpCall call) {
        return call.headers().entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().get(0)));
    }

    @Test
    @Tag("W1")
    @Tag("W8")
    void anEventReachesTheEndpointThatWantsItSignedSoThatTheReceiverCanTellIt() {
        Node node = Node.alone();
        Registered registered = node.webhooks.register(Node.endpoint());
        String eventId = node.publish("i-1");

        node.drive();

        HttpCall call = node.receivers.to(Node.URL).get(0);
        Verification verified =
                WebhookVerifier.standard(registered.secret()).clock(node.clock).verify(headers(call), call.body());
        assertThat(verified).isInstanceOf(Verification.Verified.class);
        assertThat(((Verification.Verified) verified).id()).isEqualTo(eventId);
        Delivery delivery = node.only(registered);
        assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(delivery.attempts()).isEqualTo(1);
        List<Attempt> attempts = node.webhooks
                .attempts(Node.ALICE, delivery.id(), PageRequest.first(10))
                .items();
        assertThat(attempts).singleElement().satisfies(attempt -> {
            assertThat(attempt.status()).isEqualTo(200);
            assertThat(attempt.late()).isFalse();
            assertThat(attempt.replyBody()).asString().isEqualTo("ok");
        });
    }

    @Test
    @Tag("W32")
    @Tag("C15")
    void aFailingReceiverIsTriedTenTimesOverThreeDaysAndThenTheDeliveryIsExhausted() {
        Node node = Node.alone();
        node.receivers.at(Node.URL, 500);
        Registered registered = node.webhooks.register(
                Node.endpoint().retry(RetryPolicy.standard().withJitter(0)));
        node.publish("i-1");

        node.advance(Duration.parse("PT75H35M5S").plusMinutes(20));

        assertThat(node.receivers.to(Node.URL)).hasSize(10);
        assertThat(node.only(registered).state()).isEqualTo(DeliveryState.EXHAUSTED);
    }
}
