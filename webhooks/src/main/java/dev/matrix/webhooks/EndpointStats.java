package dev.matrix.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint has done of late, by the deliveries created in [since, until).
 *
 * @param deliveries how many stand in each state; every state is there
 * @param requests requests sent for them, whatever their outcome
 * @param failures deliveries whose last request failed, by its error; finished or not
 * @param oldestOpenAt when the oldest of them that is still open was created; null: none is
 * @param latency of the requests of the newest 1,000 of them; null: none was sent
 */
public record EndpointStats(
        Instant since,
        Instant until,
        Map<DeliveryState, Long> deliveries,
        long requests,
        Map<AttemptError, Long> failures,
        @Nullable Instant oldestOpenAt,
        @Nullable Latency latency) {

    /** How long whole requests took, to the last byte of the reply: nearest-rank percentiles. */
    public record Latency(Duration p50, Duration p95, Duration p99) {}

    public EndpointStats {
        Map<DeliveryState, Long> all = new EnumMap<>(DeliveryState.class);
        for (DeliveryState state : DeliveryState.values()) {
            all.put(state, deliveries.getOrDefault(state, 0L));
        }
        deliveries = Collections.unmodifiableMap(all);
        failures = Map.copyOf(failures);
    }

    /** How many there are in a state. */
    public long count(DeliveryState state) {
        return deliveries.getOrDefault(state, 0L);
    }

    /** The share of what was DELIVERED in what was DELIVERED or EXHAUSTED, 0 to 1; empty where neither was. */
    public OptionalDouble successRate() {
        long delivered = count(DeliveryState.DELIVERED);
        long decided = delivered + count(DeliveryState.EXHAUSTED);
        return decided == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) delivered / decided);
    }
}
