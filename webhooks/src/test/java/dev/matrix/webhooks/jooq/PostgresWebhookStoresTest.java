package dev.matrix.webhooks.jooq;

import dev.matrix.core.spi.Stores;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.OpenStorages;
import dev.matrix.testkit.StoreContract;
import dev.matrix.webhooks.spi.CompletionContract;
import dev.matrix.webhooks.spi.DeliveryHistoryStoreContract;
import dev.matrix.webhooks.spi.DeliveryStoreContract;
import dev.matrix.webhooks.spi.EndpointLeaseStoreContract;
import dev.matrix.webhooks.spi.EndpointQuotaStoreContract;
import dev.matrix.webhooks.spi.EndpointSecretStoreContract;
import dev.matrix.webhooks.spi.EndpointStoreContract;
import dev.matrix.webhooks.spi.RecoveryStoreContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The jOOQ stores keep every contract on PostgreSQL. */
class PostgresWebhookStoresTest {

    abstract static class OnPostgres implements StoreContract {

        @RegisterExtension
        final OpenStorages storages = new OpenStorages();

        @Override
        public Stores stores() {
            return storages.storage(Database.POSTGRESQL);
        }
    }

    @Nested
    class EndpointStoreTest extends OnPostgres implements EndpointStoreContract {}

    @Nested
    class EndpointLeaseStoreTest extends OnPostgres implements EndpointLeaseStoreContract {}

    @Nested
    class DeliveryStoreTest extends OnPostgres implements DeliveryStoreContract {}

    @Nested
    class CompletionTest extends OnPostgres implements CompletionContract {}

    @Nested
    class RecoveryStoreTest extends OnPostgres implements RecoveryStoreContract {}

    @Nested
    class DeliveryHistoryStoreTest extends OnPostgres implements DeliveryHistoryStoreContract {}

    @Nested
    class EndpointQuotaStoreTest extends OnPostgres implements EndpointQuotaStoreContract {}

    @Nested
    class EndpointSecretStoreTest extends OnPostgres implements EndpointSecretStoreContract {}
}
