package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.spi.AttemptResult;
import dev.matrix.webhooks.spi.DeliveryStore;
import dev.matrix.webhooks.spi.NewDelivery;
import dev.matrix.webhooks.spi.Routed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sees when deliveries are made and that each cycle has one end; what rolls back it has not seen. */
final class WatchedDeliveries extends DeliveriesView {

    /** One delivery, as its receiver knows it: an event at an endpoint. */
    record EventAt(String endpointId, String eventId) implements Comparable<EventAt> {

        @Override
        public int compareTo(EventAt other) {
            int byEndpoint = endpointId.compareTo(other.endpointId);
            return byEndpoint != 0 ? byEndpoint : eventId.compareTo(other.eventId);
        }
    }

    /** A delivery until its end; the next cycle begins when somebody has it sent again. */
    private record Cycle(String id, long version) implements Comparable<Cycle> {

        private static final Comparator<Cycle> ORDER =
                Comparator.comparing(Cycle::id).thenComparing(Cycle::version);

        @Override
        public int compareTo(Cycle other) {
            return ORDER.compare(this, other);
        }
    }

    private final InstantSource time;
    private final MemoryTable<EventAt, String> ids = new MemoryTable<>();
    private final MemoryTable<Cycle, Delivery> ends = new MemoryTable<>();
    private final MemoryTable<String, Instant> freed = new MemoryTable<>();

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
    Instant freed(Tx tx, String id) {
        return freed.get(tx, id);
    }

    @Override
    public Routed route(Tx tx, List<NewDelivery> rows, Map<Owner, Long> routingVersions) {
        Routed routed = super.route(tx, rows, routingVersions);
        for (NewDelivery row : rows) {
            if (find(tx, row.id()).isPresent()) {
                ids.put(tx, new EventAt(row.endpointId(), row.eventId()), row.id());
            }
        }
        return routed;
    }

    @Override
    public Set<String> complete(Tx tx, List<AttemptResult> results) {
        Set<String> applied = super.complete(tx, results);
        for (AttemptResult result : results) {
            String id = result.after().id();
            if (endsNow(tx, id)) {
                freed.put(tx, id, time.instant());
            }
        }
        return applied;
    }

    @Override
    public int endOpen(
            Tx tx, String endpointId, @Nullable String deliveryId, EndReason reason, Instant now, int limit) {
        int count = super.endOpen(tx, endpointId, deliveryId, reason, now, limit);
        if (count > 0) {
            ids.rows(tx)
                    .subMap(new EventAt(endpointId, ""), new EventAt(endpointId, "\uffff"))
                    .values()
                    .forEach(id -> endsNow(tx, id));
        }
        return count;
    }

    /** Whether the latest write ended the delivery; one that was over by then must be as it was. */
    private boolean endsNow(Tx tx, String id) {
        Delivery after = find(tx, id).orElseThrow().delivery();
        Cycle cycle = new Cycle(id, after.version());
        Delivery end = ends.get(tx, cycle);
        if (end != null) {
            assertThat(after).as("a delivery that was over in this cycle").isEqualTo(end);
        } else if (!after.state().isOpen()) {
            ends.put(tx, cycle, after);
            return true;
        }
        return false;
    }
}
