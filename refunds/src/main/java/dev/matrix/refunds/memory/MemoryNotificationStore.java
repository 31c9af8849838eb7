package dev.matrix.refunds.memory;

import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.NotificationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link NotificationStore} in memory. */
final class MemoryNotificationStore implements NotificationStore {

    private final MemoryTable<String, NotificationRow> rows = new MemoryTable<>();
    private final MemoryTable<String, FeedState> feeds = new MemoryTable<>();

    private static String key(NotificationRow row) {
        return row.provider() + " " + row.eventId() + " " + row.no();
    }

    @Override
    public boolean insert(Tx tx, List<NotificationRow> notification) {
        if (rows.get(tx, key(notification.get(0))) != null) {
            return false;
        }
        notification.forEach(row -> rows.put(tx, key(row), row));
        return true;
    }

    @Override
    public Optional<NotificationRow> claimDue(Tx tx, String provider, Instant now, Duration lease) {
        return rows.rows(tx).values().stream()
                .filter(row -> row.provider().equals(provider)
                        && row.nextAt() != null
                        && !row.nextAt().isAfter(now))
                .min(Comparator.comparing(NotificationRow::nextAt).thenComparing(MemoryNotificationStore::key))
                .map(row -> {
                    Instant until = now.plus(lease);
                    NotificationRow leased = with(row, until, until, row.fence() + 1, row.rounds());
                    rows.put(tx, key(row), leased);
                    return leased;
                });
    }

    private static NotificationRow with(
            NotificationRow row, @Nullable Instant nextAt, @Nullable Instant leaseUntil, long fence, int rounds) {
        return new NotificationRow(
                row.provider(),
                row.eventId(),
                row.no(),
                row.kind(),
                row.ownRef(),
                row.providerRef(),
                row.captureRef(),
                row.receivedAt(),
                nextAt,
                leaseUntil,
                fence,
                rounds);
    }

    @Override
    public boolean settle(Tx tx, NotificationRow row, @Nullable Instant nextAt, int rounds) {
        NotificationRow stored = rows.get(tx, key(row));
        if (stored == null || stored.fence() != row.fence()) {
            return false;
        }
        rows.put(tx, key(row), with(stored, nextAt, null, row.fence(), rounds));
        return true;
    }

    @Override
    public void hasten(Tx tx, String provider, String captureRef, Instant now) {
        List<NotificationRow> waiting = rows.rows(tx).values().stream()
                .filter(row -> row.provider().equals(provider)
                        && captureRef.equals(row.captureRef())
                        && row.nextAt() != null
                        && row.nextAt().isAfter(now)
                        && row.leaseUntil() == null)
                .toList();
        waiting.forEach(row -> rows.put(tx, key(row), with(row, now, null, row.fence(), row.rounds())));
    }

    @Override
    public int forget(Tx tx, Instant before, int limit) {
        List<NotificationRow> old = rows.rows(tx).values().stream()
                .filter(row -> row.receivedAt().isBefore(before))
                .limit(limit)
                .toList();
        old.forEach(row -> rows.remove(tx, key(row)));
        return old.size();
    }

    @Override
    public Optional<FeedState> feed(Tx tx, String provider) {
        return Optional.ofNullable(feeds.get(tx, provider));
    }

    @Override
    public void setFeed(Tx tx, String provider, FeedState state) {
        feeds.put(tx, provider, state);
    }
}
