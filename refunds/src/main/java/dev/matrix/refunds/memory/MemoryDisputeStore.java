package dev.matrix.refunds.memory;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.DisputeStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** {@link DisputeStore} in memory. */
final class MemoryDisputeStore implements DisputeStore {

    private final MemoryTable<String, DisputeRow> disputes = new MemoryTable<>();

    @Override
    public boolean insert(Tx tx, DisputeRow row) {
        return byRef(tx, row.provider(), row.disputeRef()).isEmpty() && disputes.putIfAbsent(tx, row.id(), row);
    }

    @Override
    public Optional<DisputeRow> find(Tx tx, String id) {
        return Optional.ofNullable(disputes.get(tx, id));
    }

    @Override
    public Optional<DisputeRow> byRef(Tx tx, String provider, String disputeRef) {
        return disputes.rows(tx).values().stream()
                .filter(row ->
                        row.provider().equals(provider) && row.disputeRef().equals(disputeRef))
                .findFirst();
    }

    @Override
    public List<DisputeRow> ofPayment(Tx tx, String paymentId) {
        return disputes.rows(tx).values().stream()
                .filter(row -> row.paymentId().equals(paymentId))
                .toList();
    }

    @Override
    public Page<DisputeRow> page(Tx tx, Filter filter, PageRequest page) {
        String after = page.cursor() == null ? "" : page.cursor();
        List<DisputeRow> found = disputes.rows(tx).tailMap(after, false).values().stream()
                .filter(row -> isWanted(row, filter))
                .limit(page.limit() + 1L)
                .toList();
        return Page.of(found, page, DisputeRow::id);
    }

    private static boolean isWanted(DisputeRow row, Filter filter) {
        Instant due = filter.dueBefore();
        return (filter.owner() == null || filter.owner().equals(row.owner()))
                && (filter.paymentId() == null || filter.paymentId().equals(row.paymentId()))
                && (filter.status() == null || filter.status().equals(row.status()))
                && (due == null || (row.respondBy() != null && row.respondBy().isBefore(due)));
    }

    @Override
    public Optional<DisputeRow> claimDue(Tx tx, String provider, Instant now, Duration lease) {
        return disputes.rows(tx).values().stream()
                .filter(row -> row.provider().equals(provider)
                        && row.nextAt() != null
                        && !row.nextAt().isAfter(now))
                .min(Comparator.comparing(DisputeRow::nextAt).thenComparing(DisputeRow::id))
                .map(row -> leased(tx, row, now.plus(lease)));
    }

    @Override
    public Optional<DisputeRow> claim(Tx tx, String id, Instant now, Duration lease) {
        return find(tx, id)
                .filter(row -> row.leaseUntil() == null || !row.leaseUntil().isAfter(now))
                .map(row -> leased(tx, row, now.plus(lease)));
    }

    private DisputeRow leased(Tx tx, DisputeRow row, Instant until) {
        DisputeRow leased = new DisputeRow(
                row.id(),
                row.owner(),
                row.paymentId(),
                row.provider(),
                row.disputeRef(),
                row.status(),
                row.respondBy(),
                until,
                until,
                row.fence() + 1,
                row.document(),
                row.version());
        disputes.put(tx, row.id(), leased);
        return leased;
    }

    @Override
    public boolean write(Tx tx, DisputeRow row) {
        DisputeRow stored = disputes.get(tx, row.id());
        if (stored == null || stored.fence() != row.fence() || stored.version() != row.version()) {
            return false;
        }
        disputes.put(
                tx,
                row.id(),
                new DisputeRow(
                        row.id(),
                        stored.owner(),
                        stored.paymentId(),
                        stored.provider(),
                        stored.disputeRef(),
                        row.status(),
                        row.respondBy(),
                        row.nextAt(),
                        row.leaseUntil(),
                        row.fence(),
                        row.document(),
                        row.version() + 1));
        return true;
    }
}
