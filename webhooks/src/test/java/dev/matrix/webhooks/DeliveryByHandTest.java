package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people do to a delivery: send it again, cancel it, erase its event; and who may see it. */
class DeliveryByHandTest {

    private final Node node = Node.alone();

    @Test
    @Tag("W39")
    @Tag("C24")
    void retryMakesAWaitingDeliveryDueNowAndOneRequestIsSent() {
        Registered registered = node.webhooks.register(Node.endpoint());
        node.receivers.at(Node.URL, 500);
        node.publish("i-1");
        node.drive();
        Delivery waiting = node.only(registered);
        node.receivers.at(Node.URL, 200);

        Delivery due = node.webhooks.retry(Node.ALICE, waiting.id());
        node.drive();

        assertThat(due.version()).isEqualTo(waiting.version());
        assertThat(due.attempts()).isEqualTo(1);
        assertThat(node.only(registered).state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(node.receivers.to(Node.URL)).hasSize(2);
    }

    @Test
    @Tag("C24")
    void retryWhileARequestThatSucceedsIsInFlightSendsNoOther() {
        Registered registered = node.webhooks.register(Node.endpoint());
        node.receivers.hold(Node.URL);
        node.publish("i-1");
        node.drive();

        node.webhooks.retry(Node.ALICE, node.only(registered).id());
        node.drive();
        node.receivers.held().get(0).answer(200);
        node.advance(Duration.ofSeconds(1));

        assertThat(node.receivers.to(Node.URL)).hasSize(1);
        assertThat(node.only(registered).state()).isEqualTo(DeliveryState.DELIVERED);
    }

    @Test
    @Tag("W39")
    void retryOfAFinishedDeliveryStartsItsScheduleAnewUnderAHigherVersion() {
        Registered registered = node.webhooks.register(Node.endpoint());
        node.publish("i-1");
        node.drive();
        Delivery delivered = node.only(registered);

        Delivery again = node.webhooks.retry(Node.ALICE, delivered.id());
        node.drive();

        assertThat(again.version()).isEqualTo(delivered.version() + 1);
        assertThat(again.attempts()).isZero();
        assertThat(node.receivers.to(Node.URL)).hasSize(2);
        assertThat(node.attempts(delivered)).extracting(Attempt::number).containsExactly(1, 2);
    }

    @Test
    @Tag("W43")
    @Tag("C27")
    void whatIsErasedWhileItWaitsEndsExpiredAndCannotBeSentAgain() {
        Registered registered = node.webhooks.register(Node.endpoint());
        node.receivers.at(Node.URL, 500);
        node.publish("i-1");
        node.drive();
        node.matrix.transactions().inTransaction(tx -> node.matrix.events().erase(tx, Node.ALICE));

        node.jump(Duration.ofMinutes(1));

        Delivery delivery = node.only(registered);
        assertThat(delivery.state()).isEqualTo(DeliveryState.EXPIRED);
        assertThat(delivery.endReason()).isEqualTo(EndReason.ERASED);
        assertThat(node.receivers.to(Node.URL)).hasSize(1);
        assertThatThrownBy(() -> node.webhooks.retry(Node.ALICE, delivery.id()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("EXPIRED");
    }

    @Test
    void aCancelledDeliveryIsNotSentAndCanBeSentAgain() {
        Registered registered = node.webhooks.register(Node.endpoint());
        node.receivers.at(Node.URL, 500);
        node.publish("i-1");
        node.drive();
        String id = node.only(registered).id();

        assertThat(node.webhooks.cancel(Node.ALICE, id).state()).isEqualTo(DeliveryState.CANCELLED);
        node.jump(Duration.ofHours(1));
        assertThat(node.receivers.to(Node.URL)).hasSize(1);
        assertThatThrownBy(() -> node.webhooks.cancel(Node.ALICE, id)).isInstanceOf(ConflictException.class);

        node.receivers.at(Node.URL, 200);
        node.webhooks.retry(Node.ALICE, id);
        node.drive();
        assertThat(node.webhooks.delivery(Node.ALICE, id).state()).isEqualTo(DeliveryState.DELIVERED);
    }

    @Test
    void anotherOwnersDeliveryIsNotFound() {
        Registered registered = node.webhooks.register(Node.endpoint());
        node.publish("i-1");
        node.drive();
        String id = node.only(registered).id();

        assertThatThrownBy(() -> node.webhooks.delivery(Owner.user("eve"), id)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> node.webhooks.attempts(Owner.user("eve"), id, PageRequest.first(1)))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    @Tag("W24")
    @Tag("W31")
    void anEndThatTheReceiverAsksForInReplyToACancelledDeliveryHoldsNothingUp() {
        Registered registered = node.webhooks.register(Node.endpoint());
        node.receivers.hold(Node.URL);
        node.publish("i-1");
        node.drive();
        node.webhooks.cancel(Node.ALICE, node.only(registered).id());
        node.publish("i-2");

        node.receivers.held().get(0).answer(410);
        node.drive();

        assertThat(node.view(registered).status()).isEqualTo(EndpointStatus.ACTIVE);
        assertThat(node.receivers.held()).as("and i-2 is on its way").hasSize(2);
    }
}
