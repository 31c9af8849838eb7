package dev.matrix.webhooks;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.util.function.UnaryOperator;

/**
 * Signed webhooks from the event log: endpoints, deliveries and attempts. Thread-safe. An event that commits reaches every
 * endpoint that matched it at least once, or its delivery ends in a state that can be seen; one that rolls back is never
 * sent. Whatever belongs to another owner is a {@link dev.matrix.core.NotFoundException}, as if it did not exist.
 */
public interface Webhooks {

    /** Starts wiring webhooks into a Matrix that has not been started. */
    static WebhooksBuilder on(Matrix matrix) {
        return new WebhooksBuilder(matrix);
    }

    /**
     * Registers an endpoint, ACTIVE at once: an event published after this has committed, on any node, reaches it.
     *
     * @throws dev.matrix.core.InvalidRequestException for a target or setting that is not allowed; the message says which
     * @throws dev.matrix.core.ConflictException when the owner has as many endpoints as allowed
     */
    Registered register(Endpoint endpoint);

    /** As {@link #register(Endpoint)}, in the caller's transaction. */
    Registered register(Tx tx, Endpoint endpoint);

    /**
     * Changes an endpoint; its owner and secret stay.
     *
     * @param version the version that the change is based on
     * @throws dev.matrix.core.ConflictException when it has changed since
     */
    EndpointView update(Owner owner, String id, long version, UnaryOperator<Endpoint> change);

    /** As the other form, in the caller's transaction. */
    EndpointView update(Tx tx, Owner owner, String id, long version, UnaryOperator<Endpoint> change);

    /**
     * Pauses, disables or activates an endpoint. DISABLED cancels its open deliveries.
     *
     * @throws dev.matrix.core.ConflictException when the endpoint's state does not allow it
     */
    EndpointView setStatus(Owner owner, String id, EndpointStatus status);

    /** As the other form, in the caller's transaction. */
    EndpointView setStatus(Tx tx, Owner owner, String id, EndpointStatus status);

    /** Deletes an endpoint with its keys; its deliveries stay readable, the open ones are cancelled. */
    void delete(Owner owner, String id);

    /** As the other form, in the caller's transaction. */
    void delete(Tx tx, Owner owner, String id);

    /** An endpoint. */
    EndpointView endpoint(Owner owner, String id);

    /** An owner's endpoints, in id order. */
    Page<EndpointView> endpoints(Owner owner, PageRequest page);

    /** A delivery. */
    Delivery delivery(Owner owner, String id);

    /** Deliveries of an endpoint, in id order. */
    Page<Delivery> deliveries(Owner owner, DeliveryQuery query, PageRequest page);

    /** The requests of a delivery, oldest first. */
    Page<Attempt> attempts(Owner owner, String deliveryId, PageRequest page);

    /**
     * Sends a delivery now. An open one keeps its place in the schedule; a finished one starts anew.
     *
     * @throws dev.matrix.core.ConflictException when it is EXPIRED or its endpoint is not ACTIVE
     */
    Delivery retry(Owner owner, String id);

    /**
     * Cancels an open delivery; a request in flight is not taken back.
     *
     * @throws dev.matrix.core.ConflictException when it is over
     */
    Delivery cancel(Owner owner, String id);
}
