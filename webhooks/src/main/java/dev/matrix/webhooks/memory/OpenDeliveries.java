package dev.matrix.webhooks.memory;

import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.Delivery;
import dev.matrix.webhooks.DeliveryState;
import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The open deliveries by endpoint and due time: what finds work. */
final class OpenDeliveries {

    /** QUEUED rows are due at {@link Instant#MIN}. */
    private record Key(String endpointId, Instant due, String id) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::endpointId).thenComparing(Key::due).thenComparing(Key::id);

        static Key of(Delivery d) {
            Instant due = d.state() == DeliveryState.QUEUED ? null : d.dueAt();
            return new Key(d.endpointId(), due == null ? Instant.MIN : due, d.id());
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private final MemoryTable<Key, String> open = new MemoryTable<>();

    void add(Tx tx, Delivery delivery) {
        if (delivery.state().isOpen()) {
            open.put(tx, Key.of(delivery), delivery.id());
        }
    }

    void remove(Tx tx, Delivery delivery) {
        if (delivery.state().isOpen()) {
            open.remove(tx, Key.of(delivery));
        }
    }

    /** Ids of the endpoint's open deliveries due at or before an instant, QUEUED ones first. */
    Stream<String> due(Tx tx, String endpointId, Instant until) {
        return rows(tx, endpointId, Instant.MIN, until).values().stream();
    }

    private NavigableMap<Key, String> rows(Tx tx, String endpointId, Instant from, Instant until) {
        return open.rows(tx).subMap(new Key(endpointId, from, ""), true, new Key(endpointId, until, "\uffff"), true);
    }

    /** When the endpoint's earliest RETRYING delivery is due; null without one. */
    @Nullable
    Instant earliestRetry(Tx tx, String endpointId) {
        NavigableMap<Key, String> retrying = rows(tx, endpointId, Instant.MIN.plusNanos(1), Instant.MAX);
        return retrying.isEmpty() ? null : retrying.firstKey().due();
    }

    Stream<String> queuedEndpoints(Tx tx, @Nullable String after) {
        return open.rows(tx).keySet().stream()
                .filter(key -> key.due().equals(Instant.MIN)
                        && (after == null || key.endpointId().compareTo(after) > 0))
                .map(Key::endpointId)
                .distinct();
    }
}
