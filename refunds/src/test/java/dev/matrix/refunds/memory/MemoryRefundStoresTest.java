package dev.matrix.refunds.memory;

import dev.matrix.core.spi.Stores;
import dev.matrix.refunds.RefundRaces;
import dev.matrix.refunds.spi.CryptoTransactionStoreContract;
import dev.matrix.refunds.spi.DisputeStoreContract;
import dev.matrix.refunds.spi.NotificationStoreContract;
import dev.matrix.refunds.spi.PaymentStoreContract;
import dev.matrix.refunds.spi.RefundLegStoreContract;
import dev.matrix.refunds.spi.RefundMoneyStoresContract;
import dev.matrix.refunds.spi.RefundSecretStoreContract;
import dev.matrix.refunds.spi.RefundStoreContract;
import dev.matrix.testkit.StoreContract;
import org.junit.jupiter.api.Nested;

/** The stores in memory keep every contract. */
class MemoryRefundStoresTest {

    abstract static class InMemory implements StoreContract {

        @Override
        public Stores stores() {
            return Stores.inMemory();
        }

        @Override
        public boolean concurrent() {
            return false;
        }
    }

    @Nested
    class PaymentStoreTest extends InMemory implements PaymentStoreContract {}

    @Nested
    class RefundStoreTest extends InMemory implements RefundStoreContract {}

    @Nested
    class LegStoreTest extends InMemory implements RefundLegStoreContract {}

    @Nested
    class MoneyStoresTest extends InMemory implements RefundMoneyStoresContract {}

    @Nested
    class CryptoTransactionStoreTest extends InMemory implements CryptoTransactionStoreContract {}

    @Nested
    class DisputeStoreTest extends InMemory implements DisputeStoreContract {}

    @Nested
    class NotificationStoreTest extends InMemory implements NotificationStoreContract {}

    @Nested
    class SecretStoreTest extends InMemory implements RefundSecretStoreContract {}

    @Nested
    class RacesTest extends InMemory implements RefundRaces {}
}
