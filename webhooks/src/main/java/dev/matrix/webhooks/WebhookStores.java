package dev.matrix.webhooks;

import dev.matrix.core.spi.EventStore;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import dev.matrix.webhooks.spi.DeliveryStore;
import dev.matrix.webhooks.spi.EndpointLeaseStore;
import dev.matrix.webhooks.spi.EndpointStore;

/** The stores that webhooks read and write, which share their transactions. */
record WebhookStores(
        Transactions transactions,
        EventStore events,
        EndpointStore endpoints,
        DeliveryStore deliveries,
        EndpointLeaseStore leases) {

    static WebhookStores of(Stores stores) {
        return new WebhookStores(
                stores.transactions(),
                stores.get(EventStore.class),
                stores.get(EndpointStore.class),
                stores.get(DeliveryStore.class),
                stores.get(EndpointLeaseStore.class));
    }
}
