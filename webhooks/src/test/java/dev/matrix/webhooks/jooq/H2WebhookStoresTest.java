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

/** The jOOQ stores keep every contract on H2. */
class H2WebhookStoresTest {

    abstract static class OnH2 implements StoreContract {

        @RegisterExtension
        final OpenStorages storages = new OpenStorages();

        @Override
        public Stores stores() {
            return storages.storage(Database.H2);
        }
    }

    @Nested
    class EndpointStoreTest extends OnH2 implements EndpointStoreContract {}

    @Nested
    class EndpointLeaseStoreTest extends OnH2 implements EndpointLeaseStoreContract {}

    @Nested
    class DeliveryStoreTest extends OnH2 implements DeliveryStoreContract {}

    @Nested
    class CompletionTest extends OnH2 implements CompletionContract {}

    @Nested
    class RecoveryStoreTest extends OnH2 implements RecoveryStoreContract {}

    @Nested
    class DeliveryHistoryStoreTest extends OnH2 implements DeliveryHistoryStoreContract {}

    @Nested
    class EndpointQuotaStoreTest extends OnH2 implements EndpointQuotaStoreContract {}

    @Nested
    class EndpointSecretStoreTest extends OnH2 implements EndpointSecretStoreContract {}
}
