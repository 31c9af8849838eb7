package dev.matrix.webhooks;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * What people do about single deliveries.
 *
 * @param due told after a commit which endpoint has something to send now, whatever its pauses
 * @param changed told after a commit which endpoint has something no more
 */
record DeliveryDesk(WebhookStores stores, InstantSource clock, Consumer<String> due, Consumer<String> changed) {

    Delivery retry(Tx tx, Owner owner, String id) {
        Delivery delivery = stores.delivery(tx, owner, id).delivery();
        EndpointStatus status = stores.endpoint(tx, owner, delivery.endpointId(), clock.instant())
                .row()
                .status();
        if (delivery.trigger() == Trigger.TEST
                && !TestEvents.mayBeSent(stores, tx, delivery.endpointId(), clock.instant())) {
            throw TestEvents.tooMany(delivery.endpointId());
        }
        boolean requeued = status == EndpointStatus.ACTIVE
                && !stores.deliveries()
                        .requeue(tx, delivery.endpointId(), List.of(id))
                        .isEmpty();
        if (!requeued) {
            throw new ConflictException("Delivery " + id + " is " + delivery.state() + " and its endpoint " + status
                    + "; only what is not EXPIRED, of an ACTIVE endpoint, can be sent again.");
        }
        tx.hintAfterCommit(() -> due.accept(delivery.endpointId()));
        return stores.delivery(tx, owner, id).delivery();
    }

    Delivery cancel(Tx tx, Owner owner, String id) {
        Delivery delivery = stores.delivery(tx, owner, id).delivery();
        if (stores.deliveries().endOpen(tx, delivery.endpointId(), id, EndReason.MANUAL, clock.instant(), 1) == 0) {
            throw new ConflictException(
                    "Delivery " + id + " is " + delivery.state() + "; only an open one can be cancelled.");
        }
        tx.hintAfterCommit(() -> changed.accept(delivery.endpointId()));
        return stores.delivery(tx, owner, id).delivery();
    }
}
