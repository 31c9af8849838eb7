package dev.matrix.webhooks.memory;

import dev.matrix.core.memory.MemoryStoreProvider;
import dev.matrix.core.spi.Stores;
import dev.matrix.webhooks.spi.DeliveryHistoryStore;
import dev.matrix.webhooks.spi.DeliveryStore;
import dev.matrix.webhooks.spi.EndpointLeaseStore;
import dev.matrix.webhooks.spi.EndpointQuotaStore;
import dev.matrix.webhooks.spi.EndpointSecretStore;
import dev.matrix.webhooks.spi.EndpointStore;
import dev.matrix.webhooks.spi.RecoveryStore;
import java.util.List;

/** Contributes the webhook stores to {@link Stores#inMemory()}. */
public final class MemoryWebhookStores implements MemoryStoreProvider {

    @Override
    public List<Stores.Binding<?>> stores() {
        MemoryEndpointStore endpoints = new MemoryEndpointStore();
        OpenDeliveries open = new OpenDeliveries();
        MemoryEndpointLeaseStore leases = new MemoryEndpointLeaseStore(open);
        DeliveryTables tables = new DeliveryTables(open);
        return List.of(
                new Stores.Binding<>(EndpointStore.class, endpoints),
                new Stores.Binding<>(EndpointLeaseStore.class, leases),
                new Stores.Binding<>(EndpointSecretStore.class, new MemoryEndpointSecretStore(endpoints)),
                new Stores.Binding<>(EndpointQuotaStore.class, new MemoryEndpointQuotaStore()),
                new Stores.Binding<>(DeliveryStore.class, new MemoryDeliveryStore(tables, endpoints, leases)),
                new Stores.Binding<>(DeliveryHistoryStore.class, new MemoryDeliveryHistoryStore(tables)),
                new Stores.Binding<>(RecoveryStore.class, new MemoryRecoveryStore(tables)));
    }
}
