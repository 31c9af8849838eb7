package dev.matrix.refunds.spi;

import dev.matrix.core.spi.Tx;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The append-only ledger of refunds. */
public interface RefundLedgerStore {

    /**
     * One side of a posting. The amounts of one source and kind are zero in sum per currency; what leaves the merchant is
     * positive at {@code PROVIDER_BALANCE}.
     *
     * @param source the leg's or the dispute's id
     * @param kind what happened to a leg: {@code settled}, {@code fee}, {@code fee_returned}, {@code reversed}; to a dispute: {@code
     *     disputed} or {@code fee} with the dispute's version
     * @param refundId null: it is a dispute's
     */
    record PostingRow(
            String source,
            String kind,
            String account,
            String currency,
            BigDecimal amount,
            String paymentId,
            @Nullable String refundId,
            Instant at) {}

    /** Appends; a source, kind, account and currency is posted once. */
    void post(Tx tx, List<PostingRow> postings);

    /** The postings of a payment, by source, kind, account and currency. */
    List<PostingRow> ofPayment(Tx tx, String paymentId);
}
