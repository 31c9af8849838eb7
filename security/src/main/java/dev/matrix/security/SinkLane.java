package dev.matrix.security;

import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.security.spi.AuditCursorStore;
import dev.matrix.security.spi.AuditRecord;
import dev.matrix.security.spi.AuditRow;
import dev.matrix.security.spi.AuditSink;
import dev.matrix.security.spi.AuditTreeStore.AuditLeaf;
import dev.matrix.security.spi.SecurityAlarm.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends entries to one sink, in the order of their numbers, on one node at a time. The cursor moves after the sink has taken them: a crash
 * in between sends them again. Bodies that were deleted for their age are passed over.
 */
final class SinkLane extends Lane {

    private static final Duration TTL = Duration.ofMinutes(1);
    private static final int BATCH = 256;

    private final AuditSink sink;
    private final AuditStores stores;
    private final AuditReader reader;
    private final AuditCursorStore cursors;
    private final LeaseStore leases;
    private final String node;

    SinkLane(
            AuditSink sink,
            AuditStores stores,
            AuditReader reader,
            AuditCursorStore cursors,
            LeaseStore leases,
            Alarms alarms,
            String node) {
        super("security.sink." + sink.name(), Kind.AUDIT_SINK, alarms);
        this.sink = sink;
        this.stores = stores;
        this.reader = reader;
        this.cursors = cursors;
        this.leases = leases;
        this.node = node;
    }

    static String cursor(String sink) {
        return "sink/" + sink;
    }

    /** What is sent next; the numbers from {@code from} to before {@code to}. */
    private record Batch(long from, long to, List<AuditRecord> records) {}

    @Override
    Instant work(Instant now) {
        Lease lease = stores.transactions()
                .returning(tx -> leases.acquire(tx, "audit-sink/" + sink.name(), node, now, TTL))
                .orElse(null);
        if (lease == null) {
            return now.plus(PAUSE);
        }
        try {
            return send(lease, now);
        } finally {
            stores.transactions().inTransaction(tx -> leases.release(tx, lease));
        }
    }

    private Instant send(Lease lease, Instant now) {
        @Nullable Batch batch = next();
        if (batch == null) {
            return now.plus(PAUSE);
        }
        if (!batch.records().isEmpty()) {
            sink.send(batch.records());
        }
        stores.transactions().inTransaction(tx -> {
            if (leases.holds(tx, lease)) {
                cursors.advance(tx, cursor(sink.name()), batch.from(), batch.to());
            }
        });
        return batch.to() - batch.from() == BATCH ? now : now.plus(PAUSE);
    }

    private @Nullable Batch next() {
        return stores.transactions()
                .returning(tx -> {
                    long from = cursors.find(tx, cursor(sink.name()));
                    List<AuditLeaf> leaves = stores.trees().leaves(tx, AuditNames.LOG, from, BATCH);
                    if (leaves.isEmpty()) {
                        return Optional.<Batch>empty();
                    }
                    Map<String, AuditRow> rows = new HashMap<>();
                    stores.entries()
                            .find(tx, leaves.stream().map(AuditLeaf::entryId).toList())
                            .forEach(row -> rows.put(row.id(), row));
                    List<AuditRow> there = leaves.stream()
                            .map(leaf -> rows.get(leaf.entryId()))
                            .filter(Objects::nonNull)
                            .toList();
                    return Optional.of(new Batch(from, from + leaves.size(), reader.records(tx, there)));
                })
                .orElse(null);
    }
}
