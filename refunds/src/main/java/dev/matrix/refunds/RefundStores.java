package dev.matrix.refunds;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.AccountCreditStore;
import dev.matrix.refunds.spi.DisputeStore;
import dev.matrix.refunds.spi.NotificationStore;
import dev.matrix.refunds.spi.PaymentStore;
import dev.matrix.refunds.spi.PaymentStore.PaymentRow;
import dev.matrix.refunds.spi.RefundAttemptStore;
import dev.matrix.refunds.spi.RefundLedgerStore;
import dev.matrix.refunds.spi.RefundLegStore;
import dev.matrix.refunds.spi.RefundSecretStore;
import dev.matrix.refunds.spi.RefundStore;
import dev.matrix.refunds.spi.RefundStore.RefundRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The stores of refunds, looked up once. */
record RefundStores(
        Transactions transactions,
        PaymentStore payments,
        RefundStore refunds,
        RefundLegStore legs,
        RefundAttemptStore attempts,
        RefundLedgerStore ledger,
        AccountCreditStore credits,
        DisputeStore disputes,
        NotificationStore notifications,
        RefundSecretStore secrets) {

    static RefundStores of(Stores stores) {
        return new RefundStores(
                stores.transactions(),
                stores.get(PaymentStore.class),
                stores.get(RefundStore.class),
                stores.get(RefundLegStore.class),
                stores.get(RefundAttemptStore.class),
                stores.get(RefundLedgerStore.class),
                stores.get(AccountCreditStore.class),
                stores.get(DisputeStore.class),
                stores.get(NotificationStore.class),
                stores.get(RefundSecretStore.class));
    }

    PaymentRow payment(Tx tx, String id) {
        return payments.find(tx, id)
                .orElseThrow(() -> new NotFoundException("There is no payment " + id + "; record it first."));
    }

    /** The payment, locked to the transaction's end: whatever decides about it takes turns. */
    PaymentRow locked(Tx tx, String id) {
        return payments.lock(tx, id)
                .orElseThrow(() -> new NotFoundException("There is no payment " + id + "; record it first."));
    }

    RefundRow refund(Tx tx, String id) {
        return refunds.find(tx, id).orElseThrow(() -> new NotFoundException("There is no refund " + id + "."));
    }

    void history(
            Tx tx,
            String refundId,
            Instant at,
            String event,
            @Nullable String legId,
            @Nullable String actor,
            @Nullable String detail) {
        refunds.addHistory(tx, new RefundStore.HistoryRow(refundId, 0, at, event, legId, actor, detail));
    }
}
