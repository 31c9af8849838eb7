package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.spi.AttemptResult;
import dev.matrix.webhooks.spi.DeliveryRow;
import dev.matrix.webhooks.spi.DeliveryStore;
import dev.matrix.webhooks.spi.NewDelivery;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sees when deliveries are made and when they end; what rolls back it has not seen. */
final class WatchedDeliveries extends DeliveriesView {

    /** One delivery, as its receiver knows it: an event at an endpoint. */
    record EventAt(String endpointId, String eventId) implements Comparable<EventAt> {

        @Override
        public int compareTo(EventAt other) {
            int byEndpoint = endpointId.compareTo(other.endpointId);
            return byEndpoint != 0 ? byEndpoint : eventId.compareTo(other.eventId);
        }
    }

    private final InstantSource time;
    private final MemoryTable<EventAt, String> ids = new MemoryTable<>();
    private final MemoryTable<String, Instant> ended = new MemoryTable<>();

    WatchedDeliveries(DeliveryStore sound, InstantSource time) {
        super(sound);
        this.time = time;
    }

    /** Ids by what is delivered where. */
    Map<EventAt, String> ids(Tx tx) {
        return ids.rows(tx);
    }

    /** A delivery, by what is delivered where. */
    Delivery delivery(Tx tx, EventAt key) {
        String id = ids.get(tx, key);
        return find(tx, String.valueOf(id))
                .orElseThrow(() -> new AssertionError("No delivery of " + key))
                .delivery();
    }

    /** When an attempt's result ended it; null: none did. */
    @Nullable
    Instant ended(Tx tx, String id) {
        return ended.get(tx, id);
    }

    @Override
    public Set<Owner> route(Tx tx, List<NewDelivery> rows, Map<Owner, Long> routingVersions) {
        Set<Owner> stale = super.route(tx, rows, routingVersions);
        for (NewDelivery row : rows) {
            if (find(tx, row.id()).isPresent()) {
                ids.put(tx, new EventAt(row.endpointId(), row.eventId()), row.id());
            }
        }
        return stale;
    }

    @Override
    public Set<String> complete(Tx tx, List<AttemptResult> results) {
        List<DeliveryRow> before = results.stream()
                .flatMap(result -> find(tx, result.after().id()).stream())
                .distinct()
                .toList();
        Set<String> applied = super.complete(tx, results);
        for (DeliveryRow row : before) {
            String id = row.delivery().id();
            Delivery after = find(tx, id).orElseThrow().delivery();
            if (!row.delivery().state().isOpen()) {
                assertThat(after)
                        .as("a delivery that is over, after a late result")
                        .isEqualTo(row.delivery());
            } else if (!after.state().isOpen()) {
                ended.put(tx, id, time.instant());
            }
        }
        return applied;
    }
}
