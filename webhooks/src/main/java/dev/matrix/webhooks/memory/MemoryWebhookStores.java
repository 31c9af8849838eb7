package dev.matrix.webhooks.memory;

import dev.matrix.core.memory.MemoryStoreProvider;
import dev.matrix.core.spi.Stores;
import dev.matrix.webhooks.spi.DeliveryStore;
import dev.matrix.webhooks.spi.EndpointLeaseStore;
import dev.matrix.webhooks.spi.EndpointStore;
import java.util.List;

/** Contributes the webhook stores to {@link Stores#inMemory()}. */
public final class MemoryWebhookStores implements MemoryStoreProvider {

    @Override
    public List<Stores.Binding<?>> stores() {
        MemoryEndpointStore endpoints = new MemoryEndpointStore();
        OpenDeliveries open = new OpenDeliveries();
        MemoryEndpointLeaseStore leases = new MemoryEndpointLeaseStore(open);
        return List.of(
                new Stores.Binding<>(EndpointStore.class, endpoints),
                new Stores.Binding<>(EndpointLeaseStore.class, leases),
                new Stores.Binding<>(DeliveryStore.class, new MemoryDeliveryStore(open, endpoints, leases)));
    }
}
