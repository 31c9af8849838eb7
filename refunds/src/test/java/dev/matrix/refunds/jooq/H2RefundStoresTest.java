package dev.matrix.refunds.jooq;

import dev.matrix.core.spi.Stores;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.OpenStorages;
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
import org.junit.jupiter.api.extension.RegisterExtension;

/** The jOOQ stores keep every contract on H2. */
class H2RefundStoresTest {

    abstract static class OnH2 implements StoreContract {

        @RegisterExtension
        final OpenStorages storages = new OpenStorages();

        @Override
        public Stores stores() {
            return storages.storage(Database.H2);
        }
    }

    @Nested
    class PaymentStoreTest extends OnH2 implements PaymentStoreContract {}

    @Nested
    class RefundStoreTest extends OnH2 implements RefundStoreContract {}

    @Nested
    class LegStoreTest extends OnH2 implements RefundLegStoreContract {}

    @Nested
    class MoneyStoresTest extends OnH2 implements RefundMoneyStoresContract {}

    @Nested
    class CryptoTransactionStoreTest extends OnH2 implements CryptoTransactionStoreContract {}

    @Nested
    class DisputeStoreTest extends OnH2 implements DisputeStoreContract {}

    @Nested
    class NotificationStoreTest extends OnH2 implements NotificationStoreContract {}

    @Nested
    class SecretStoreTest extends OnH2 implements RefundSecretStoreContract {}

    @Nested
    class RacesTest extends OnH2 implements RefundRaces {}
}
