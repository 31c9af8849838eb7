package dev.matrix.refunds.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.RefundLegStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@link RefundLegStore} in memory. */
final class MemoryRefundLegStore implements RefundLegStore {

    private final MemoryTable<String, LegRow> legs = new MemoryTable<>();
    private final MemoryTable<String, List<AttemptRow>> attempts = new MemoryTable<>();

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
        return row.nextAt() != null && !row.nextAt().isAfter(now);
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
        LegRow leased = with(row, row.status(), row.providerRef(), until, until, row.fence() + 1, row.document());
        legs.put(tx, row.id(), leased);
        return leased;
    }

    private static LegRow with(
            LegRow row,
            String status,
            @Nullable String providerRef,
            @Nullable Instant nextAt,
            @Nullable Instant leaseUntil,
            long fence,
            String document) {
        return new LegRow(
                row.id(),
                row.refundId(),
                row.paymentId(),
                row.owner(),
                row.captureId(),
                row.provider(),
                row.currency(),
                row.amount(),
                row.tax(),
                status,
                providerRef,
                nextAt,
                leaseUntil,
                fence,
                row.serial(),
                document);
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
        legs.put(
                tx,
                row.id(),
                with(
                        row,
                        change.status(),
                        change.providerRef(),
                        change.nextAt(),
                        change.leaseUntil(),
                        fence,
                        change.document()));
        return true;
    }

    @Override
    public void addAttempt(Tx tx, AttemptRow attempt) {
        List<AttemptRow> all = new ArrayList<>(attempts(tx, attempt.legId()));
        all.add(attempt);
        attempts.put(tx, attempt.legId(), List.copyOf(all));
    }

    @Override
    public List<AttemptRow> attempts(Tx tx, String legId) {
        List<AttemptRow> all = attempts.get(tx, legId);
        return all == null ? List.of() : all;
    }
}
