package dev.matrix.webhooks;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.spi.EventStore;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.spi.DeliveryHistoryStore;
import dev.matrix.webhooks.spi.DeliveryRow;
import dev.matrix.webhooks.spi.DeliveryStore;
import dev.matrix.webhooks.spi.EndpointLeaseStore;
import dev.matrix.webhooks.spi.EndpointQuotaStore;
import dev.matrix.webhooks.spi.EndpointSecretStore;
import dev.matrix.webhooks.spi.EndpointStore;
import dev.matrix.webhooks.spi.EndpointStore.Loaded;
import dev.matrix.webhooks.spi.RecoveryRow;
import dev.matrix.webhooks.spi.RecoveryStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The stores that webhooks read and write, which share their transactions. */
record WebhookStores(
        Transactions transactions,
        EventStore events,
        EndpointStore endpoints,
        EndpointSecretStore secrets,
        EndpointQuotaStore quotas,
        EndpointLeaseStore leases,
        DeliveryStore deliveries,
        DeliveryHistoryStore history,
        RecoveryStore recoveries) {

    static WebhookStores of(Stores stores) {
        return new WebhookStores(
                stores.transactions(),
                stores.get(EventStore.class),
                stores.get(EndpointStore.class),
                stores.get(EndpointSecretStore.class),
                stores.get(EndpointQuotaStore.class),
                stores.get(EndpointLeaseStore.class),
                stores.get(DeliveryStore.class),
                stores.get(DeliveryHistoryStore.class),
                stores.get(RecoveryStore.class));
    }

    /** The owner's endpoint with its live keys, or NotFoundException. */
    Loaded endpoint(Tx tx, Owner owner, String id, Instant now) {
        return endpoints
                .find(tx, owner, id, now)
                .orElseThrow(() -> new NotFoundException("No endpoint " + id + " of " + owner + "."));
    }

    Optional<Owner> ownerOfEndpoint(Tx tx, String id, Instant now) {
        return endpoints.load(tx, List.of(id), now).stream()
                .map(loaded -> loaded.row().owner())
                .findFirst();
    }

    Optional<Owner> ownerOfDelivery(Tx tx, String id) {
        return deliveries.find(tx, id).map(DeliveryRow::owner);
    }

    Optional<Owner> ownerOfRecovery(Tx tx, String id) {
        return recoveries.find(tx, id).map(RecoveryRow::owner);
    }

    /** The owner's delivery, or NotFoundException. */
    DeliveryRow delivery(Tx tx, Owner owner, String id) {
        return deliveries
                .find(tx, id)
                .filter(row -> row.owner().equals(owner))
                .orElseThrow(() -> new NotFoundException("No delivery " + id + " of " + owner + "."));
    }
}
