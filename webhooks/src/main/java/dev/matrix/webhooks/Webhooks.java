package dev.matrix.webhooks;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.signing.PublicKey;
import dev.matrix.webhooks.signing.SignatureScheme;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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

    /** As {@link #update(Owner, String, long, UnaryOperator)}, in the caller's transaction. */
    EndpointView update(Tx tx, Owner owner, String id, long version, UnaryOperator<Endpoint> change);

    /**
     * Pauses, disables or activates an endpoint. DISABLED cancels its open deliveries.
     *
     * @throws dev.matrix.core.ConflictException when the endpoint's state does not allow it
     */
    EndpointView setStatus(Owner owner, String id, EndpointStatus status);

    /** As {@link #setStatus(Owner, String, EndpointStatus)}, in the caller's transaction. */
    EndpointView setStatus(Tx tx, Owner owner, String id, EndpointStatus status);

    /** Deletes an endpoint with its keys; its deliveries stay readable, the open ones are cancelled. */
    void delete(Owner owner, String id);

    /** As {@link #delete(Owner, String)}, in the caller's transaction. */
    void delete(Tx tx, Owner owner, String id);

    /** An endpoint. */
    EndpointView endpoint(Owner owner, String id);

    /** An owner's endpoints, in id order. */
    Page<EndpointView> endpoints(Owner owner, PageRequest page);

    /** As the other form, of one status alone; null: of any. */
    Page<EndpointView> endpoints(Owner owner, @Nullable EndpointStatus status, PageRequest page);

    /**
     * Gives an endpoint a new key; those before it sign on beside it for the request's grace, so that its receiver can
     * change over without missing a request.
     *
     * @throws dev.matrix.core.ConflictException when 10 older keys of the kind still sign and the grace isn't 0, when there
     *     is no key pair to rotate, or when the endpoint changes at the same time
     */
    Rotation rotateSecret(Owner owner, String id, RotationRequest request);

    /** As {@link #rotateSecret(Owner, String, RotationRequest)}, in the caller's transaction. */
    Rotation rotateSecret(Tx tx, Owner owner, String id, RotationRequest request);

    /** What receivers verify {@link SignatureScheme#STANDARD_V1A} with, newest first; empty without that scheme. */
    List<PublicKey> publicKeys(Owner owner, String id);

    /**
     * Sends the example of an event type to this endpoint alone, with {@code "test": true} among its data: one attempt, at
     * most 10 per minute. No event is published.
     *
     * @throws dev.matrix.core.ConflictException when there were 10 within a minute, or the endpoint is not ACTIVE
     * @throws dev.matrix.core.InvalidRequestException for an unknown type or one without an example
     */
    Delivery sendTest(Owner owner, String id, String type);

    /** As {@link #sendTest(Owner, String, String)}, in the caller's transaction. */
    Delivery sendTest(Tx tx, Owner owner, String id, String type);

    /**
     * How an endpoint has done since a while ago. Counts rows: for people and dashboards, not for hot paths.
     *
     * @param window 1 s to 90 days
     */
    EndpointStats stats(Owner owner, String id, Duration window);

    /** How many deliveries are in each state that any is in, all owners' together. Counts rows: for metrics, not for hot paths. */
    Map<DeliveryState, Long> deliveriesByState();

    /** A delivery. */
    Delivery delivery(Owner owner, String id);

    /** Deliveries of an endpoint, by creation time, then id. */
    Page<Delivery> deliveries(Owner owner, DeliveryQuery query, PageRequest page);

    /** The requests of a delivery, oldest first. */
    Page<Attempt> attempts(Owner owner, String deliveryId, PageRequest page);

    /**
     * Sends a delivery now. An open one keeps its place in the schedule; a finished one starts from the beginning.
     *
     * @throws dev.matrix.core.ConflictException when it is EXPIRED, its endpoint is not ACTIVE, or it is a test and there were
     *     10 within a minute
     */
    Delivery retry(Owner owner, String id);

    /** As {@link #retry(Owner, String)}, in the caller's transaction. */
    Delivery retry(Tx tx, Owner owner, String id);

    /**
     * Cancels an open delivery; a request in flight is not taken back. Where another node has it ready to send, its request
     * may still begin within 10 s.
     *
     * @throws dev.matrix.core.ConflictException when it is over
     */
    Delivery cancel(Owner owner, String id);

    /** As {@link #cancel(Owner, String)}, in the caller's transaction. */
    Delivery cancel(Tx tx, Owner owner, String id);

    /**
     * Begins to send again what an endpoint has missed in a span of time, in the background, 500 deliveries per
     * transaction; it goes on after restarts, and each delivery is made due once.
     *
     * @throws dev.matrix.core.ConflictException when the endpoint is not ACTIVE, or has a recovery that is RUNNING, which the
     *     message names
     */
    Recovery recover(Owner owner, String id, RecoveryRequest request);

    /** As {@link #recover(Owner, String, RecoveryRequest)}, in the caller's transaction. */
    Recovery recover(Tx tx, Owner owner, String id, RecoveryRequest request);

    /** A recovery and how far it has come; once it is over, it is kept as long as attempts are. */
    Recovery recovery(Owner owner, String recoveryId);

    /** Stops a recovery; what it has made due stays due. One that is over stays as it is. */
    void stopRecovery(Owner owner, String recoveryId);

    /** As {@link #stopRecovery(Owner, String)}, in the caller's transaction. */
    void stopRecovery(Tx tx, Owner owner, String recoveryId);

    /**
     * Removes an owner's event payloads ({@link dev.matrix.core.event.EventLog#erase}) and what its receivers replied; all
     * rows stay. Deliveries that are still open end EXPIRED when their turn comes.
     *
     * @return how many attempts had a reply
     */
    int erase(Tx tx, Owner owner);

    /** The operations of the HTTP API, for a dispatcher's {@code modules(…)}. */
    ApiModule api();
}
