package dev.matrix.webhooks;

import static dev.matrix.webhooks.DeliveryState.CANCELLED;
import static dev.matrix.webhooks.DeliveryState.DELIVERED;
import static dev.matrix.webhooks.DeliveryState.EXHAUSTED;
import static dev.matrix.webhooks.DeliveryState.EXPIRED;
import static dev.matrix.webhooks.DeliveryState.QUEUED;
import static dev.matrix.webhooks.DeliveryState.RETRYING;
import static dev.matrix.webhooks.EndpointStatus.ACTIVE;
import static dev.matrix.webhooks.EndpointStatus.DISABLED;
import static dev.matrix.webhooks.EndpointStatus.PAUSED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("W37")
class StatesTest {

    @Test
    void deliveriesMoveAsTheTableSaysAndNotElse() {
        Set<DeliveryState> fromOpen = EnumSet.of(RETRYING, DELIVERED, EXHAUSTED, CANCELLED, EXPIRED);
        Set<DeliveryState> withRequeue = EnumSet.allOf(DeliveryState.class);
        Map<DeliveryState, Set<DeliveryState>> table = Map.of(
                QUEUED, fromOpen,
                RETRYING, withRequeue,
                DELIVERED, EnumSet.of(QUEUED),
                EXHAUSTED, EnumSet.of(QUEUED),
                CANCELLED, EnumSet.of(QUEUED),
                EXPIRED, EnumSet.noneOf(DeliveryState.class));

        table.forEach((from, allowed) -> assertThat(Arrays.stream(DeliveryState.values())
                        .filter(from::canBecome)
                        .collect(Collectors.toSet()))
                .as("from %s", from)
                .isEqualTo(allowed));
    }

    @Test
    void endpointsMoveAsTheTableSaysAndNotElse() {
        Map<EndpointStatus, Set<EndpointStatus>> table = Map.of(
                ACTIVE, EnumSet.of(ACTIVE, PAUSED, DISABLED),
                PAUSED, EnumSet.of(ACTIVE, PAUSED, DISABLED),
                DISABLED, EnumSet.of(ACTIVE, DISABLED));

        table.forEach((from, allowed) -> assertThat(Arrays.stream(EndpointStatus.values())
                        .filter(from::canBecome)
                        .collect(Collectors.toSet()))
                .as("from %s", from)
                .isEqualTo(allowed));
    }
}
