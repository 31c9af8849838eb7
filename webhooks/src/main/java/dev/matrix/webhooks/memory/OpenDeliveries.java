package dev.matrix.webhooks.memory;

import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.Delivery;
import dev.matrix.webhooks.DeliveryState;
import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.Objects;
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

    private static final Instant RETRYING = Instant.MIN.plusNanos(1);
    private static final String LAST_ID = "\uffff";

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

    /** Ids of the endpoint's open deliveries, QUEUED ones first. */
    Stream<String> of(Tx tx, String endpointId) {
        return rows(tx, endpointId, Instant.MIN, Instant.MAX).values().stream();
    }

    /** Ids of the endpoint's QUEUED deliveries in id order. */
    Stream<String> queued(Tx tx, String endpointId) {
        return rows(tx, endpointId, Instant.MIN, Instant.MIN).values().stream();
    }

    /** Ids of the endpoint's RETRYING deliveries due at or before an instant, the first due first. */
    Stream<String> retrying(Tx tx, String endpointId, Instant until) {
        return rows(tx, endpointId, RETRYING, until).values().stream();
    }

    private NavigableMap<Key, String> rows(Tx tx, String endpointId, Instant from, Instant until) {
        return open.rows(tx).subMap(new Key(endpointId, from, ""), true, new Key(endpointId, until, LAST_ID), true);
    }

    /** When the endpoint's earliest RETRYING delivery is due; null without one. */
    @Nullable
    Instant earliestRetry(Tx tx, String endpointId) {
        NavigableMap<Key, String> retrying = rows(tx, endpointId, RETRYING, Instant.MAX);
        return retrying.isEmpty() ? null : retrying.firstKey().due();
    }

    /** In id order after an endpoint; steps from one endpoint to the next, however many rows each has. */
    Stream<String> queuedEndpoints(Tx tx, @Nullable String after) {
        NavigableMap<Key, String> rows = open.rows(tx);
        Key first = rows.higherKey(new Key(after == null ? "" : after, Instant.MAX, LAST_ID));
        return Stream.iterate(
                        first, Objects::nonNull, key -> rows.higherKey(new Key(key.endpointId(), Instant.MAX, LAST_ID)))
                .filter(key -> key.due().equals(Instant.MIN))
                .map(Key::endpointId);
    }
}
