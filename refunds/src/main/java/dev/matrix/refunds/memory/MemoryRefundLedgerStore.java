package dev.matrix.refunds.memory;

import dev.matrix.core.StorageException;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.RefundLedgerStore;
import java.util.List;

/** {@link RefundLedgerStore} in memory. */
final class MemoryRefundLedgerStore implements RefundLedgerStore {

    private final MemoryTable<String, PostingRow> postings = new MemoryTable<>();

    @Override
    public void post(Tx tx, List<PostingRow> rows) {
        for (PostingRow row : rows) {
            String key = String.join(" ", row.source(), row.kind(), row.account(), row.currency());
            if (!postings.putIfAbsent(tx, key, row)) {
                throw new StorageException(
                        "This was posted before: " + key, new IllegalStateException("duplicate posting"));
            }
        }
    }

    @Override
    public List<PostingRow> ofPayment(Tx tx, String paymentId) {
        return postings.rows(tx).values().stream()
                .filter(row -> row.paymentId().equals(paymentId))
                .toList();
    }
}
