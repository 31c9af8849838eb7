package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.webhooks.spi.WebhookListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Listeners hear of what has committed. */
class WebhookListenerTest {

    private final List<Attempt> attempts = new ArrayList<>();
    private final List<EndpointView> endpoints = new ArrayList<>();
    private final Node node = Node.alone(
            builder -> builder.listener(new Throwing()).listener(new Idle()).listener(new WebhookListener() {
                @Override
                public void onAttempt(Attempt attempt) {
                    attempts.add(attempt);
                }

                @Override
                public void onEndpoint(EndpointView endpoint) {
                    endpoints.add(endpoint);
                }
            }));

    /** Hears of nothing. */
    private static final class Idle implements WebhookListener {}

    private static final class Throwing implements WebhookListener {

        @Override
        public void onAttempt(Attempt attempt) {
            throw new IllegalStateException("a listener's own fault");
        }
    }

    @Test
    void everyAttemptIsToldAsItIsLoggedWhateverAnotherListenerThrows() {
        Registered registered = node.webhooks.register(Node.endpoint());
        node.receivers.at(Node.URL, 500);
        node.publish("i-1");
        node.drive();
        node.receivers.at(Node.URL, 200);
        node.jump(Duration.ofMinutes(1));

        assertThat(attempts)
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(node.attempts(node.only(registered)))
                .extracting(Attempt::status)
                .containsExactly(500, 200);
    }

    @Test
    void everyChangeOfAnEndpointIsToldAsItStandsAfterTheCommit() {
        Registered registered = node.webhooks.register(Node.endpoint());
        String id = registered.endpoint().id();
        EndpointView updated = node.webhooks.update(Node.ALICE, id, 1, endpoint -> endpoint.description("new"));
        node.webhooks.rotateSecret(Node.ALICE, id, RotationRequest.ofSecret());
        EndpointView rotated = node.view(registered);
        node.receivers.at(Node.URL, 410);
        node.publish("i-1");
        node.drive();
        EndpointView gone = node.view(registered);
        node.webhooks.delete(Node.ALICE, id);

        assertThat(endpoints).containsExactly(registered.endpoint(), updated, rotated, gone);
        assertThat(gone.disabledReason()).isEqualTo(DisabledReason.GONE);
    }

    @Test
    void whatRollsBackIsNotTold() {
        assertThatThrownBy(() -> node.matrix.transactions().inTransaction(tx -> {
                    node.webhooks.register(tx, Node.endpoint());
                    throw new IllegalStateException("rolled back");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(endpoints).isEmpty();
    }
}
