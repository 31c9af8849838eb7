package dev.matrix.webhooks.memory;

import static java.util.stream.Collectors.toSet;

import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.Delivery;
import dev.matrix.webhooks.DeliveryState;
import dev.matrix.webhooks.Recovery;
import dev.matrix.webhooks.Trigger;
import dev.matrix.webhooks.spi.DeliveryRow;
import dev.matrix.webhooks.spi.RecoveryRow;
import dev.matrix.webhooks.spi.RecoveryRow.Cursor;
import dev.matrix.webhooks.spi.RecoveryStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@link RecoveryStore} in memory. */
final class MemoryRecoveryStore implements RecoveryStore {

    private static final Comparator<Cursor> ORDER =
            Comparator.comparing(Cursor::at).thenComparing(Cursor::id);

    private final DeliveryTables tables;
    private final MemoryTable<String, RecoveryRow> recoveries = new MemoryTable<>();

    MemoryRecoveryStore(DeliveryTables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<String> insert(Tx tx, RecoveryRow row) {
        Optional<String> running = recoveries.rows(tx).values().stream()
                .filter(MemoryRecoveryStore::isRunning)
                .filter(other ->
                        other.recovery().endpointId().equals(row.recovery().endpointId()))
                .map(RecoveryRow::id)
                .findFirst();
        if (running.isEmpty()) {
            recoveries.put(tx, row.id(), row);
        }
        return running;
    }

    @Override
    public Optional<RecoveryRow> find(Tx tx, String id) {
        return Optional.ofNullable(recoveries.get(tx, id));
    }

    @Override
    public Optional<RecoveryRow> lockNext(Tx tx, @Nullable String after) {
        return recoveries.rows(tx).tailMap(after == null ? "" : after, false).values().stream()
                .filter(MemoryRecoveryStore::isRunning)
                .findFirst();
    }

    private static boolean isRunning(RecoveryRow row) {
        return row.recovery().state() == Recovery.State.RUNNING;
    }

    @Override
    public void save(Tx tx, RecoveryRow row) {
        recoveries.put(tx, row.id(), row);
    }

    @Override
    public boolean stop(Tx tx, String id, Instant now) {
        RecoveryRow row = recoveries.get(tx, id);
        if (row == null || !isRunning(row)) {
            return false;
        }
        Recovery stopped = row.recovery().ended(Recovery.State.STOPPED, now);
        save(tx, new RecoveryRow(row.owner(), stopped, row.phase(), row.cursor()));
        return true;
    }

    @Override
    public Requeued requeueFailed(Tx tx, Recovery recovery, @Nullable Cursor after, int limit) {
        List<DeliveryRow> failed = tables.after(tx, "")
                .filter(row -> isFailed(recovery, row.delivery()))
                .filter(row -> after == null || ORDER.compare(place(row), after) > 0)
                .sorted(DeliveryTables.MADE)
                .limit(limit)
                .toList();
        failed.forEach(row -> tables.replace(tx, row, row.requeued(Trigger.RECOVERY)));
        return new Requeued(failed.size(), failed.isEmpty() ? null : place(failed.get(failed.size() - 1)));
    }

    @Override
    public int purge(Tx tx, Instant before, int limit) {
        List<String> old = recoveries.rows(tx).values().stream()
                .map(RecoveryRow::recovery)
                .filter(one -> one.finishedAt() != null && one.finishedAt().isBefore(before))
                .map(Recovery::id)
                .limit(limit)
                .toList();
        old.forEach(id -> recoveries.remove(tx, id));
        return old.size();
    }

    private static boolean isFailed(Recovery recovery, Delivery d) {
        return d.endpointId().equals(recovery.endpointId())
                && (d.state() == DeliveryState.EXHAUSTED || d.state() == DeliveryState.CANCELLED)
                && d.trigger() != Trigger.TEST
                && !d.createdAt().isBefore(recovery.since())
                && d.createdAt().isBefore(recovery.until());
    }

    private static Cursor place(DeliveryRow row) {
        return new Cursor(row.delivery().createdAt(), row.delivery().id());
    }

    @Override
    public Set<String> routed(Tx tx, String endpointId, Collection<String> eventIds) {
        return eventIds.stream()
                .filter(id -> tables.isRouted(tx, endpointId, id))
                .collect(toSet());
    }
}
