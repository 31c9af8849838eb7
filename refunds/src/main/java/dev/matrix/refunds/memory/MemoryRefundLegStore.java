package dev.matrix.refunds.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.RefundLegStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@link RefundLegStore} in memory. */
final class MemoryRefundLegStore implements RefundLegStore {

    private final MemoryTable<String, LegRow> legs = new MemoryTable<>();

    @Override
    public void insert(Tx tx, List<LegRow> rows) {
        rows.forEach(row -> legs.put(tx, row.id(), row));
    }

    @Override
    public Optional<LegRow> find(Tx tx, String id) {
        return Optional.ofNullable(legs.get(tx, id));
    }

    @Override
    public List<LegRow> ofRefund(Tx tx, String refundId) {
        return legs.rows(tx).values().stream()
                .filter(row -> row.refundId().equals(refundId))
                .toList();
    }

    @Override
    public List<LegRow> ofPayment(Tx tx, String paymentId) {
        return legs.rows(tx).values().stream()
                .filter(row -> row.paymentId().equals(paymentId))
                .toList();
    }

    @Override
    public Optional<String> byProviderRef(Tx tx, String provider, String providerRef) {
        return legs.rows(tx).values().stream()
                .filter(row -> row.provider().equals(provider) && providerRef.equals(row.providerRef()))
                .map(LegRow::id)
                .findFirst();
    }

    @Override
    public List<LegRow> claimDue(Tx tx, Instant now, List<ProviderShare> shares, Duration lease) {
        List<LegRow> claimed = new ArrayList<>();
        for (ProviderShare share : shares) {
            List<LegRow> due = legs.rows(tx).values().stream()
                    .filter(row -> row.provider().equals(share.provider()) && isDue(row, now))
                    .sorted(Comparator.comparing(LegRow::nextAt).thenComparing(LegRow::id))
                    .toList();
            chosen(tx, due, share.limit(), now).forEach(row -> claimed.add(leased(tx, row, now.plus(lease))));
        }
        return claimed;
    }

    private static boolean isDue(LegRow row, Instant now) {
        return row.nextAt() != null && !row.nextAt().isAfter(now) && CLAIMABLE.contains(row.status());
    }

    /** At most half for one owner while others are due, and one leg of a capture that takes one call at a time. */
    private List<LegRow> chosen(Tx tx, List<LegRow> due, int limit, Instant now) {
        Set<String> busy = new HashSet<>();
        legs.rows(tx).values().stream()
                .filter(row -> row.serial()
                        && row.leaseUntil() != null
                        && row.leaseUntil().isAfter(now))
                .forEach(row -> busy.add(capture(row)));
        List<LegRow> free = due.stream()
                .filter(row -> !row.serial() || busy.add(capture(row)))
                .toList();
        int half = (limit + 1) / 2;
        Map<Owner, Integer> taken = new HashMap<>();
        List<LegRow> first = new ArrayList<>();
        List<LegRow> later = new ArrayList<>();
        free.forEach(row -> (taken.merge(row.owner(), 1, Integer::sum) <= half ? first : later).add(row));
        first.addAll(later);
        return first.subList(0, Math.min(limit, first.size()));
    }

    private static String capture(LegRow row) {
        return row.paymentId() + " " + row.captureId();
    }

    private LegRow leased(Tx tx, LegRow row, Instant until) {
        LegRow leased = new LegRow(
                row.id(),
                row.refundId(),
                row.paymentId(),
                row.owner(),
                row.captureId(),
                row.provider(),
                row.currency(),
                row.amount(),
                row.tax(),
                row.status(),
                row.providerRef(),
                until,
                until,
                row.fence() + 1,
                row.serial(),
                row.document());
        legs.put(tx, row.id(), leased);
        return leased;
    }

    @Override
    public Optional<LegRow> claim(Tx tx, String id, Instant now, Duration lease) {
        return find(tx, id)
                .filter(row -> row.leaseUntil() == null || !row.leaseUntil().isAfter(now))
                .map(row -> leased(tx, row, now.plus(lease)));
    }

    @Override
    public boolean settle(Tx tx, LegChange change, long fence) {
        LegRow row = legs.get(tx, change.id());
        if (row == null || row.fence() != fence) {
            return false;
        }
        legs.put(tx, row.id(), row.after(change));
        return true;
    }

    @Override
    public List<LegRow> neglected(Tx tx, Collection<String> providers, Instant before, int limit) {
        return legs.rows(tx).values().stream()
                .filter(row -> !providers.contains(row.provider())
                        && row.nextAt() != null
                        && row.nextAt().isBefore(before)
                        && (row.leaseUntil() == null || row.leaseUntil().isBefore(before)))
                .sorted(Comparator.comparing(LegRow::nextAt).thenComparing(LegRow::id))
                .limit(limit)
                .toList();
    }
}
