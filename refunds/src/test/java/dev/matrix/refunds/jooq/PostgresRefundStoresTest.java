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

/** The jOOQ stores keep every contract on PostgreSQL. */
class PostgresRefundStoresTest {

    abstract static class OnPostgres implements StoreContract {

        @RegisterExtension
        final OpenStorages storages = new OpenStorages();

        @Override
        public Stores stores() {
            return storages.storage(Database.POSTGRESQL);
        }
    }

    @Nested
    class PaymentStoreTest extends OnPostgres implements PaymentStoreContract {}

    @Nested
    class RefundStoreTest extends OnPostgres implements RefundStoreContract {}

    @Nested
    class LegStoreTest extends OnPostgres implements RefundLegStoreContract {}

    @Nested
    class MoneyStoresTest extends OnPostgres implements RefundMoneyStoresContract {}

    @Nested
    class CryptoTransactionStoreTest extends OnPostgres implements CryptoTransactionStoreContract {}

    @Nested
    class DisputeStoreTest extends OnPostgres implements DisputeStoreContract {}

    @Nested
    class NotificationStoreTest extends OnPostgres implements NotificationStoreContract {}

    @Nested
    class SecretStoreTest extends OnPostgres implements RefundSecretStoreContract {}

    @Nested
    class RacesTest extends OnPostgres implements RefundRaces {}
}
