package dev.matrix.webhooks.memory;

import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.Attempt;
import dev.matrix.webhooks.spi.DeliveryRow;
import dev.matrix.webhooks.spi.NewDelivery;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Deliveries and attempts in memory, with what finds them: shared by the stores that read and write them. */
final class DeliveryTables {

    private record EventKey(String endpointId, String eventId) implements Comparable<EventKey> {

        private static final Comparator<EventKey> ORDER =
                Comparator.comparing(EventKey::endpointId).thenComparing(EventKey::eventId);

        @Override
        public int compareTo(EventKey other) {
            return ORDER.compare(this, other);
        }
    }

    private record AttemptKey(String deliveryId, String id) implements Comparable<AttemptKey> {

        private static final Comparator<AttemptKey> ORDER =
                Comparator.comparing(AttemptKey::deliveryId).thenComparing(AttemptKey::id);

        static AttemptKey of(Attempt attempt) {
            return new AttemptKey(attempt.deliveryId(), attempt.id());
        }

        @Override
        public int compareTo(AttemptKey other) {
            return ORDER.compare(this, other);
        }
    }

    /** By creation time, then id. */
    static final Comparator<DeliveryRow> MADE = Comparator.comparing(
                    (DeliveryRow row) -> row.delivery().createdAt())
            .thenComparing(row -> row.delivery().id());

    final OpenDeliveries open;
    private final MemoryTable<String, DeliveryRow> deliveries = new MemoryTable<>();
    private final MemoryTable<EventKey, String> byEvent = new MemoryTable<>();
    private final MemoryTable<String, Boolean> ordered = new MemoryTable<>();
    private final MemoryTable<AttemptKey, Attempt> attempts = new MemoryTable<>();

    DeliveryTables(OpenDeliveries open) {
        this.open = open;
    }

    @Nullable
    DeliveryRow find(Tx tx, String id) {
        return deliveries.get(tx, id);
    }

    DeliveryRow get(Tx tx, String id) {
        DeliveryRow row = deliveries.get(tx, id);
        if (row == null) {
            throw new IllegalStateException("No delivery " + id);
        }
        return row;
    }

    boolean isRouted(Tx tx, String endpointId, String eventId) {
        return byEvent.get(tx, new EventKey(endpointId, eventId)) != null;
    }

    /** In id order after an id. */
    Stream<DeliveryRow> after(Tx tx, String id) {
        return deliveries.rows(tx).tailMap(id, false).values().stream();
    }

    /** Adds a row, unless its endpoint has one of its event. */
    boolean add(Tx tx, NewDelivery added) {
        boolean isNew = byEvent.putIfAbsent(tx, new EventKey(added.endpointId(), added.eventId()), added.id());
        if (isNew) {
            DeliveryRow row = DeliveryRow.queued(added);
            deliveries.put(tx, added.id(), row);
            ordered.put(tx, added.id(), added.isOrdered());
            open.add(tx, row.delivery());
        }
        return isNew;
    }

    /** Whether a delivery waits its turn within its subject. */
    boolean isOrdered(Tx tx, String id) {
        return Boolean.TRUE.equals(ordered.get(tx, id));
    }

    void replace(Tx tx, DeliveryRow former, DeliveryRow row) {
        open.remove(tx, former.delivery());
        deliveries.put(tx, row.delivery().id(), row);
        open.add(tx, row.delivery());
    }

    void remove(Tx tx, DeliveryRow row) {
        open.remove(tx, row.delivery());
        byEvent.remove(
                tx, new EventKey(row.delivery().endpointId(), row.delivery().eventId()));
        deliveries.remove(tx, row.delivery().id());
        ordered.remove(tx, row.delivery().id());
    }

    /** Logs an attempt, unless it is logged. */
    void log(Tx tx, Attempt attempt) {
        attempts.putIfAbsent(tx, AttemptKey.of(attempt), attempt);
    }

    void replace(Tx tx, Attempt attempt) {
        attempts.put(tx, AttemptKey.of(attempt), attempt);
    }

    void remove(Tx tx, Attempt attempt) {
        attempts.remove(tx, AttemptKey.of(attempt));
    }

    Stream<Attempt> attempts(Tx tx) {
        return attempts.rows(tx).values().stream();
    }

    /** Of a delivery, in id order after an id. */
    Stream<Attempt> attempts(Tx tx, String deliveryId, String after) {
        return attempts.rows(tx).tailMap(new AttemptKey(deliveryId, after), false).values().stream()
                .takeWhile(attempt -> attempt.deliveryId().equals(deliveryId));
    }
}
