package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.HttpReply;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An endpoint's figures. */
class StatsTest {

    private final Node node = Node.alone();
    private final Registered registered = node.webhooks.register(Node.endpoint());
    private final String id = registered.endpoint().id();

    private EndpointStats stats(Duration window) {
        return node.webhooks.stats(Node.ALICE, id, window);
    }

    private static HttpReply after(int millis, int status) {
        Duration none = Duration.ZERO;
        return new HttpReply(
                status,
                Map.of(),
                new byte[0],
                HttpReply.End.COMPLETE,
                "192.0.2.1",
                new HttpReply.Timing(none, none, none, none, Duration.ofMillis(millis)));
    }

    @Test
    void deliveriesOfTheWindowAreCountedByTheirStateAndError() {
        node.publish("too-early");
        node.drive();
        node.jump(Duration.ofHours(1).plusSeconds(1));
        for (int i = 1; i <= 100; i++) {
            int millis = i;
            node.receivers.at(Node.URL, call -> after(millis, 200));
            node.publish("i-" + i);
            node.drive();
        }
        node.receivers.at(Node.URL, call -> after(1, 404));
        node.publish("i-failing");
        node.drive();
        node.jump(Duration.ofSeconds(1));

        EndpointStats stats = stats(Duration.ofHours(1));

        assertThat(stats.until()).isEqualTo(node.clock.instant());
        assertThat(stats.since()).isEqualTo(node.clock.instant().minus(Duration.ofHours(1)));
        assertThat(stats.deliveries()).hasSize(6).containsEntry(DeliveryState.EXPIRED, 0L);
        assertThat(stats.count(DeliveryState.DELIVERED)).isEqualTo(100);
        assertThat(stats.count(DeliveryState.RETRYING)).isEqualTo(1);
        assertThat(stats.requests()).isEqualTo(101);
        assertThat(stats.failures()).containsExactly(Map.entry(AttemptError.STATUS, 1L));
        assertThat(stats.oldestOpenAt()).isEqualTo(node.clock.instant().minusSeconds(1));
        assertThat(stats.successRate()).hasValue(1.0);
        assertThat(stats.latency())
                .isEqualTo(
                        new EndpointStats.Latency(Duration.ofMillis(50), Duration.ofMillis(95), Duration.ofMillis(99)));
    }

    @Test
    void anEndpointWithoutDeliveriesHasNoRateAndNoLatency() {
        EndpointStats stats = stats(Duration.ofDays(90));

        assertThat(stats.count(DeliveryState.DELIVERED)).isZero();
        assertThat(stats.successRate()).isEmpty();
        assertThat(stats.latency()).isNull();
        assertThat(stats.oldestOpenAt()).isNull();
    }

    @Test
    void theSuccessRateIsOfWhatIsDecided() {
        node.webhooks.update(
                Node.ALICE, id, 1, endpoint -> endpoint.retry(new RetryPolicy(java.util.List.of(), 0, Duration.ZERO)));
        for (int i = 0; i < 4; i++) {
            int status = i == 0 ? 404 : 200;
            node.receivers.at(Node.URL, status);
            node.publish("i-" + i);
            node.drive();
        }

        assertThat(stats(Duration.ofMinutes(1)).successRate()).hasValue(0.75);
    }

    @Test
    void aWindowOutOfBoundsOrAnotherOwnersEndpointIsRefused() {
        assertThatThrownBy(() -> stats(Duration.ZERO)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> stats(Duration.ofDays(91))).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> node.webhooks.stats(Owner.user("eve"), id, Duration.ofDays(1)))
                .isInstanceOf(NotFoundException.class);
    }
}
