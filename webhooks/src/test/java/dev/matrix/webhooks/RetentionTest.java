package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Matrix;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.Stores;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long things are kept, and what erasure leaves. */
@Tag("W43")
class RetentionTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final Node node = Node.alone();
    private final Registered registered = node.webhooks.register(Node.endpoint());

    @Test
    void attemptsGoAfterThirtyDaysAndFinishedDeliveriesWithTheirEvent() {
        String event = node.publish("i-1");
        node.drive();
        Delivery delivery = node.only(registered);

        node.jump(DAY.multipliedBy(30).minusSeconds(1));
        assertThat(node.attempts(delivery)).hasSize(1);
        node.jump(Duration.ofHours(2));
        assertThat(node.attempts(delivery)).isEmpty();

        node.jump(DAY.multipliedBy(59));
        assertThat(node.matrix.events().find(event)).isPresent();
        assertThat(node.only(registered)).isEqualTo(delivery);
        node.jump(DAY.multipliedBy(2));
        assertThat(node.matrix.events().find(event)).isEmpty();
        assertThat(node.deliveries(registered)).isEmpty();
        assertThatThrownBy(() -> node.webhooks.delivery(Node.ALICE, delivery.id()))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void anOpenDeliveryIsNeverDeletedAndEndsExpiredOnceItsEventIsGone() {
        String id = registered.endpoint().id();
        node.webhooks.setStatus(Node.ALICE, id, EndpointStatus.PAUSED);
        for (int i = 0; i < 1_001; i++) {
            node.publish("i-" + i);
        }

        node.jump(DAY.multipliedBy(90).minusSeconds(1));
        assertThat(node.deliveries(registered)).hasSize(1_000).allMatch(one -> one.state() == DeliveryState.QUEUED);
        node.jump(Duration.ofHours(3));
        node.jump(Duration.ofHours(3));

        assertThat(node.receivers.calls()).isEmpty();
        assertThat(node.matrix
                        .transactions()
                        .<Integer>returning(tx -> node.matrix
                                .stores()
                                .get(dev.matrix.webhooks.spi.DeliveryStore.class)
                                .endOpen(tx, id, null, EndReason.MANUAL, node.clock.instant(), 9_999)))
                .as("still open")
                .isZero();
    }

    @Test
    void aDeliveryWhoseEventIsPastItsRetentionExpiresInsteadOfBeingSent() {
        node.receivers.at(Node.URL, 404);
        node.publish("i-1");
        node.drive();
        Delivery retrying = node.only(registered);
        node.matrix
                .transactions()
                .inTransaction(tx -> node.matrix
                        .stores()
                        .get(dev.matrix.core.event.spi.EventStore.class)
                        .purge(tx, node.clock.instant().plusSeconds(1), 1_000));

        node.jump(Duration.ofMinutes(1));

        Delivery expired = node.webhooks.delivery(Node.ALICE, retrying.id());
        assertThat(expired.state()).isEqualTo(DeliveryState.EXPIRED);
        assertThat(expired.endReason()).isEqualTo(EndReason.RETENTION);
        assertThat(node.receivers.calls()).hasSize(1);
    }

    @Test
    void erasureRemovesPayloadAndReplyBytesOfThatOwnerAndKeepsTheRows() {
        Registered bobs = node.webhooks.register(Endpoint.to(URI.create("https://bob.example.com/"))
                .ownedBy(Owner.user("bob"))
                .events("*"));
        String event = node.publish("i-1");
        node.webhooks.sendTest(Owner.user("bob"), bobs.endpoint().id(), "payment.succeeded");
        node.drive();
        Delivery delivery = node.only(registered);
        Attempt replied = node.attempts(delivery).get(0);
        assertThat(replied.replyBody()).isNotEmpty();

        int emptied = node.matrix.transactions().returning(tx -> node.webhooks.erase(tx, Node.ALICE));

        assertThat(emptied).isEqualTo(1);
        assertThat(node.matrix.events().find(event)).isEmpty();
        assertThat(node.only(registered)).isEqualTo(delivery);
        assertThat(node.attempts(delivery))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(replied.withoutReply());
        Delivery other = node.deliveries(bobs).get(0);
        assertThat(node.webhooks
                        .attempts(Owner.user("bob"), other.id(), dev.matrix.core.PageRequest.first(1))
                        .items()
                        .get(0)
                        .replyBody())
                .isNotEmpty();
    }

    @Test
    void eventsMustBeKeptForLongerThanTheLongestSchedule() {
        Matrix brief = Matrix.builder()
                .stores(Stores.inMemory())
                .transport(new Receivers())
                .eventRetention(DAY.multipliedBy(30))
                .build();
        Webhooks webhooks = Webhooks.on(brief).build();
        RetryPolicy long31 = new RetryPolicy(List.of(DAY.multipliedBy(28)), 0, DAY.multipliedBy(3));

        assertThatThrownBy(() -> webhooks.register(Node.endpoint().retry(long31)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("eventRetention");
        webhooks.register(
                Node.endpoint().retry(new RetryPolicy(List.of(DAY.multipliedBy(27)), 0, DAY.multipliedBy(3))));
    }
}
