package dev.matrix.refunds.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.PaymentStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link PaymentStore} in memory. */
final class MemoryPaymentStore implements PaymentStore {

    private final MemoryTable<String, PaymentRow> payments = new MemoryTable<>();
    private final MemoryTable<String, String> captures = new MemoryTable<>();

    private static String key(String provider, String ref) {
        return provider + " " + ref;
    }

    @Override
    public boolean insert(Tx tx, PaymentRow row) {
        return payments.putIfAbsent(tx, row.id(), row);
    }

    @Override
    public boolean addCapture(Tx tx, String provider, String ref, String paymentId) {
        return captures.putIfAbsent(tx, key(provider, ref), paymentId);
    }

    @Override
    public Optional<String> paymentOf(Tx tx, String provider, String ref) {
        return Optional.ofNullable(captures.get(tx, key(provider, ref)));
    }

    @Override
    public Optional<PaymentRow> find(Tx tx, String id) {
        return Optional.ofNullable(payments.get(tx, id));
    }

    /** One transaction runs at a time, so reading is locking. */
    @Override
    public Optional<PaymentRow> lock(Tx tx, String id) {
        return find(tx, id);
    }

    @Override
    public boolean apply(Tx tx, String id, long version, BalanceChange change) {
        PaymentRow row = payments.get(tx, id);
        if (row == null || row.version() != version) {
            return false;
        }
        PaymentRow after = row.after(change);
        if (change.guarded() && after.left().signum() < 0) {
            return false;
        }
        payments.put(tx, id, after);
        return true;
    }

    @Override
    public boolean describe(Tx tx, String id, long version, String attention, String document) {
        PaymentRow row = payments.get(tx, id);
        if (row == null || row.version() != version) {
            return false;
        }
        payments.put(tx, id, row.described(attention, document));
        return true;
    }

    @Override
    public List<PaymentRow> ofSubscription(Tx tx, Owner owner, String subscriptionId, int limit) {
        return payments.rows(tx).values().stream()
                .filter(row -> row.owner().equals(owner) && subscriptionId.equals(row.subscriptionId()))
                .sorted(Comparator.comparing(PaymentRow::paidAt)
                        .thenComparing(PaymentRow::id)
                        .reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public Page<PaymentRow> page(Tx tx, @Nullable Owner owner, PageRequest page) {
        String after = page.cursor() == null ? "" : page.cursor();
        List<PaymentRow> found = payments.rows(tx).tailMap(after, false).values().stream()
                .filter(row -> owner == null || row.owner().equals(owner))
                .limit(page.limit() + 1L)
                .toList();
        return Page.of(found, page, PaymentRow::id);
    }
}
