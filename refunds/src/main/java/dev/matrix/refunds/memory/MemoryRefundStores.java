package dev.matrix.refunds.memory;

import dev.matrix.core.memory.MemoryStoreProvider;
import dev.matrix.core.spi.Stores.Binding;
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

/** Contributes the stores of refunds to {@link dev.matrix.core.spi.Stores#inMemory()}. */
public final class MemoryRefundStores implements MemoryStoreProvider {

    @Override
    public List<Binding<?>> stores() {
        return List.of(
                new Binding<>(PaymentStore.class, new MemoryPaymentStore()),
                new Binding<>(RefundStore.class, new MemoryRefundStore()),
                new Binding<>(RefundLegStore.class, new MemoryRefundLegStore()),
                new Binding<>(RefundLedgerStore.class, new MemoryRefundLedgerStore()),
                new Binding<>(RefundAttemptStore.class, new MemoryRefundAttemptStore()),
                new Binding<>(AccountCreditStore.class, new MemoryAccountCreditStore()),
                new Binding<>(DisputeStore.class, new MemoryDisputeStore()),
                new Binding<>(NotificationStore.class, new MemoryNotificationStore()),
                new Binding<>(RefundSecretStore.class, new MemoryRefundSecretStore()));
    }
}
