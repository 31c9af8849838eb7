package dev.matrix.refunds.jooq;

import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_ACCOUNT_CREDIT;
import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_ACCOUNT_CREDIT_ENTRY;
import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_DISPUTE;
import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_PAYMENT;
import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_PAYMENT_CAPTURE;
import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_REFUND;
import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_REFUND_ATTEMPT;
import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_REFUND_FEED;
import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_REFUND_HISTORY;
import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_REFUND_LEDGER;
import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_REFUND_LEG;
import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_REFUND_NOTIFICATION;
import static dev.matrix.refunds.jooq.generated.Tables.MATRIX_REFUND_SECRET;

import dev.matrix.core.spi.Stores.Binding;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqStoreProvider;
import dev.matrix.refunds.spi.AccountCreditStore;
import dev.matrix.refunds.spi.DisputeStore;
import dev.matrix.refunds.spi.NotificationStore;
import dev.matrix.refunds.spi.PaymentStore;
import dev.matrix.refunds.spi.RefundAttemptStore;
import dev.matrix.refunds.spi.RefundLedgerStore;
import dev.matrix.refunds.spi.RefundLegStore;
import dev.matrix.refunds.spi.RefundSecretStore;
import dev.matrix.refunds.spi.RefundStore;
import java.util.List;
import org.jooq.Table;

/** Contributes the stores and tables of refunds to {@link dev.matrix.jooq.JooqStorage}. */
public final class JooqRefundStores implements JooqStoreProvider {

    @Override
    public String module() {
        return "refunds";
    }

    @Override
    public List<String> scripts() {
        return List.of("V1__refunds.sql");
    }

    @Override
    public List<? extends Table<?>> tables() {
        return List.of(
                MATRIX_PAYMENT,
                MATRIX_PAYMENT_CAPTURE,
                MATRIX_REFUND,
                MATRIX_REFUND_HISTORY,
                MATRIX_REFUND_LEG,
                MATRIX_REFUND_ATTEMPT,
                MATRIX_REFUND_LEDGER,
                MATRIX_ACCOUNT_CREDIT,
                MATRIX_ACCOUNT_CREDIT_ENTRY,
                MATRIX_DISPUTE,
                MATRIX_REFUND_NOTIFICATION,
                MATRIX_REFUND_FEED,
                MATRIX_REFUND_SECRET);
    }

    @Override
    public List<Binding<?>> stores(Database database) {
        return List.of(
                new Binding<>(PaymentStore.class, new JooqPaymentStore()),
                new Binding<>(RefundStore.class, new JooqRefundStore()),
                new Binding<>(RefundLegStore.class, new JooqRefundLegStore()),
                new Binding<>(RefundLedgerStore.class, new JooqRefundLedgerStore()),
                new Binding<>(RefundAttemptStore.class, new JooqRefundAttemptStore()),
                new Binding<>(AccountCreditStore.class, new JooqAccountCreditStore()),
                new Binding<>(DisputeStore.class, new JooqDisputeStore()),
                new Binding<>(NotificationStore.class, new JooqNotificationStore()),
                new Binding<>(RefundSecretStore.class, new JooqRefundSecretStore()));
    }
}
