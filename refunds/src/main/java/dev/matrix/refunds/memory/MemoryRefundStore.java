package dev.matrix.refunds.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.RefundStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@link RefundStore} in memory. */
final class MemoryRefundStore implements RefundStore {

    private final MemoryTable<String, RefundRow> refunds = new MemoryTable<>();
    private final MemoryTable<String, String> keys = new MemoryTable<>();
    private final MemoryTable<String, List<HistoryRow>> histories = new MemoryTable<>();

    private static String key(Owner owner, String space, String key) {
        return space + " " + key + " " + owner;
    }

    @Override
    public boolean insert(Tx tx, RefundRow row) {
        if (!keys.putIfAbsent(tx, key(row.owner(), row.keySpace(), row.key()), row.id())) {
            return false;
        }
        refunds.put(tx, row.id(), row);
        return true;
    }

    @Override
    public Optional<RefundRow> byKey(Tx tx, Owner owner, String keySpace, String key) {
        String id = keys.get(tx, key(owner, keySpace, key));
        return id == null ? Optional.empty() : find(tx, id);
    }

    @Override
    public Optional<RefundRow> find(Tx tx, String id) {
        return Optional.ofNullable(refunds.get(tx, id));
    }

    @Override
    public boolean replaceIfVersion(Tx tx, RefundRow row) {
        RefundRow stored = refunds.get(tx, row.id());
        if (stored == null || stored.version() != row.version() - 1) {
            return false;
        }
        refunds.put(tx, row.id(), row);
        return true;
    }

    @Override
    public Page<RefundRow> page(Tx tx, Filter filter, PageRequest page) {
        String after = page.cursor() == null ? "" : page.cursor();
        List<RefundRow> found = refunds.rows(tx).tailMap(after, false).values().stream()
                .filter(row -> fits(row, filter))
                .limit(page.limit() + 1L)
                .toList();
        return Page.of(found, page, RefundRow::id);
    }

    private static boolean fits(RefundRow row, Filter wanted) {
        return (wanted.owner() == null || wanted.owner().equals(row.owner()))
                && (wanted.paymentId() == null || wanted.paymentId().equals(row.paymentId()))
                && (wanted.status() == null || wanted.status().equals(row.status()))
                && (wanted.reason() == null || wanted.reason().equals(row.reason()))
                && (wanted.attention() == null
                        || List.of(row.attention().split(",", -1)).contains(wanted.attention()))
                && (wanted.from() == null || !row.createdAt().isBefore(wanted.from()))
                && (wanted.to() == null || row.createdAt().isBefore(wanted.to()));
    }

    @Override
    public List<String> due(Tx tx, Instant now, int limit) {
        return refunds.rows(tx).values().stream()
                .filter(row -> row.dueAt() != null && !row.dueAt().isAfter(now))
                .sorted(Comparator.comparing(RefundRow::dueAt).thenComparing(RefundRow::id))
                .limit(limit)
                .map(RefundRow::id)
                .toList();
    }

    @Override
    public Map<String, Long> countByStatus(Tx tx) {
        return refunds.rows(tx).values().stream()
                .collect(Collectors.groupingBy(RefundRow::status, Collectors.counting()));
    }

    @Override
    public void addHistory(Tx tx, HistoryRow row) {
        List<HistoryRow> all = new ArrayList<>(history(tx, row.refundId()));
        all.add(new HistoryRow(
                row.refundId(), all.size() + 1, row.at(), row.event(), row.legId(), row.actor(), row.detail()));
        histories.put(tx, row.refundId(), List.copyOf(all));
    }

    @Override
    public void eraseHistory(Tx tx, Owner owner) {
        for (RefundRow refund : List.copyOf(refunds.rows(tx).values())) {
            if (refund.owner().equals(owner)) {
                histories.put(
                        tx,
                        refund.id(),
                        history(tx, refund.id()).stream()
                                .map(row -> WRITTEN_BY_PEOPLE.contains(row.event())
                                        ? new HistoryRow(
                                                row.refundId(),
                                                row.seq(),
                                                row.at(),
                                                row.event(),
                                                row.legId(),
                                                row.actor(),
                                                null)
                                        : row)
                                .toList());
            }
        }
    }

    @Override
    public List<HistoryRow> history(Tx tx, String refundId) {
        List<HistoryRow> all = histories.get(tx, refundId);
        return all == null ? List.of() : all;
    }
}
