package dev.matrix.webhooks.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.Attempt;
import dev.matrix.webhooks.AttemptError;
import dev.matrix.webhooks.Delivery;
import dev.matrix.webhooks.DeliveryState;
import dev.matrix.webhooks.spi.DeliveryHistoryStore;
import dev.matrix.webhooks.spi.DeliveryRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link DeliveryHistoryStore} in memory. */
final class MemoryDeliveryHistoryStore implements DeliveryHistoryStore {

    private record Kind(DeliveryState state, @Nullable AttemptError lastError) {}

    private final DeliveryTables tables;

    MemoryDeliveryHistoryStore(DeliveryTables tables) {
        this.tables = tables;
    }

    private Stream<DeliveryRow> created(Tx tx, String endpointId, Instant since, Instant until) {
        return tables.after(tx, "").filter(row -> {
            Delivery d = row.delivery();
            return d.endpointId().equals(endpointId)
                    && !d.createdAt().isBefore(since)
                    && d.createdAt().isBefore(until);
        });
    }

    @Override
    public Map<DeliveryState, Long> states(Tx tx) {
        return tables.after(tx, "")
                .collect(Collectors.groupingBy(row -> row.delivery().state(), Collectors.counting()));
    }

    @Override
    public List<Group> count(Tx tx, String endpointId, Instant since, Instant until) {
        Map<Kind, Group> groups = new HashMap<>();
        created(tx, endpointId, since, until).forEach(row -> {
            Delivery d = row.delivery();
            Group one = new Group(d.state(), d.lastError(), 1, row.requests(), d.createdAt());
            groups.merge(new Kind(d.state(), d.lastError()), one, MemoryDeliveryHistoryStore::together);
        });
        return List.copyOf(groups.values());
    }

    private static Group together(Group a, Group b) {
        return new Group(
                a.state(),
                a.lastError(),
                a.deliveries() + b.deliveries(),
                a.requests() + b.requests(),
                a.oldestAt().isBefore(b.oldestAt()) ? a.oldestAt() : b.oldestAt());
    }

    @Override
    public List<Integer> micros(Tx tx, String endpointId, Instant since, Instant until, int deliveries, int requests) {
        return created(tx, endpointId, since, until)
                .sorted(DeliveryTables.MADE.reversed())
                .limit(deliveries)
                .flatMap(row -> tables.attempts(tx, row.delivery().id(), "")
                        .filter(attempt -> attempt.number() + requests > row.requests()))
                .map(attempt -> (int) (attempt.timing().total().toNanos()
                        / ChronoUnit.MICROS.getDuration().toNanos()))
                .toList();
    }

    @Override
    public int exhausted(Tx tx, String endpointId, Instant since) {
        return (int) tables.after(tx, "")
                .map(DeliveryRow::delivery)
                .filter(d -> d.endpointId().equals(endpointId)
                        && d.state() == DeliveryState.EXHAUSTED
                        && d.finishedAt() != null
                        && !d.finishedAt().isBefore(since))
                .count();
    }

    @Override
    public Purged purge(Tx tx, @Nullable String after, Instant before, int limit) {
        List<DeliveryRow> seen =
                tables.after(tx, after == null ? "" : after).limit(limit).toList();
        List<DeliveryRow> old = seen.stream()
                .filter(row -> row.delivery().createdAt().isBefore(before))
                .toList();
        List<DeliveryRow> over =
                old.stream().filter(row -> !row.delivery().state().isOpen()).toList();
        over.forEach(row -> remove(tx, row));
        boolean more = old.size() == limit;
        return new Purged(
                over.size(),
                old.stream()
                        .map(DeliveryRow::delivery)
                        .filter(d -> d.state().isOpen())
                        .map(d -> new Kept(d.id(), d.endpointId(), d.eventId(), d.trigger()))
                        .toList(),
                more ? seen.get(limit - 1).delivery().id() : null);
    }

    private void remove(Tx tx, DeliveryRow row) {
        tables.attempts(tx, row.delivery().id(), "").toList().forEach(attempt -> tables.remove(tx, attempt));
        tables.remove(tx, row);
    }

    @Override
    public int eraseReplies(Tx tx, Owner owner) {
        List<Attempt> replied = tables.after(tx, "")
                .filter(row -> row.owner().equals(owner))
                .flatMap(row -> tables.attempts(tx, row.delivery().id(), ""))
                .filter(attempt -> attempt.replyBody().length > 0
                        || !attempt.replyHeaders().isEmpty())
                .toList();
        replied.forEach(attempt -> tables.replace(tx, attempt.withoutReply()));
        return replied.size();
    }
}
