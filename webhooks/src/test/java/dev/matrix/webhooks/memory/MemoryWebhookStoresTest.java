package dev.matrix.webhooks.memory;

import dev.matrix.core.spi.Stores;
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

/** The in-memory stores keep every contract; their transactions run one at a time. */
class MemoryWebhookStoresTest {

    interface InMemory extends StoreContract {

        @Override
        default Stores stores() {
            return Stores.inMemory();
        }

        @Override
        default boolean concurrent() {
            return false;
        }
    }

    @Nested
    class EndpointStoreTest implements InMemory, EndpointStoreContract {}

    @Nested
    class EndpointLeaseStoreTest implements InMemory, EndpointLeaseStoreContract {}

    @Nested
    class DeliveryStoreTest implements InMemory, DeliveryStoreContract {}

    @Nested
    class CompletionTest implements InMemory, CompletionContract {}

    @Nested
    class RecoveryStoreTest implements InMemory, RecoveryStoreContract {}

    @Nested
    class DeliveryHistoryStoreTest implements InMemory, DeliveryHistoryStoreContract {}

    @Nested
    class EndpointQuotaStoreTest implements InMemory, EndpointQuotaStoreContract {}

    @Nested
    class EndpointSecretStoreTest implements InMemory, EndpointSecretStoreContract {}
}
