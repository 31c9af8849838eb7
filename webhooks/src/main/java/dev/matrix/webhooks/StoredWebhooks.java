package dev.matrix.webhooks;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.signing.PublicKey;
import dev.matrix.webhooks.spi.DeliveryRow;
import dev.matrix.webhooks.spi.EndpointStore.Loaded;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * {@link Webhooks} over its stores: opens the transactions that callers leave out, and leaves the work to its rooms.
 *
 * @param erased told after a commit that payloads are gone
 */
record StoredWebhooks(
        EventLog events,
        InstantSource clock,
        WebhookStores stores,
        EndpointForm form,
        Registrations registrations,
        Rotations rotations,
        DeliveryDesk desk,
        TestEvents tests,
        Recoveries recoveries,
        Statistics statistics,
        Runnable erased)
        implements Webhooks {

    private <R> R transacted(Function<Tx, R> work) {
        return stores.transactions().returning(work);
    }

    private Instant now() {
        return clock.instant();
    }

    @Override
    public Registered register(Endpoint endpoint) {
        return transacted(tx -> register(tx, endpoint));
    }

    @Override
    public Registered register(Tx tx, Endpoint endpoint) {
        return registrations.register(tx, endpoint);
    }

    @Override
    public EndpointView update(Owner owner, String id, long version, UnaryOperator<Endpoint> change) {
        return transacted(tx -> update(tx, owner, id, version, change));
    }

    @Override
    public EndpointView update(Tx tx, Owner owner, String id, long version, UnaryOperator<Endpoint> change) {
        return registrations.update(tx, owner, id, version, change);
    }

    @Override
    public EndpointView setStatus(Owner owner, String id, EndpointStatus status) {
        return transacted(tx -> setStatus(tx, owner, id, status));
    }

    @Override
    public EndpointView setStatus(Tx tx, Owner owner, String id, EndpointStatus status) {
        return registrations.setStatus(tx, owner, id, status);
    }

    @Override
    public void delete(Owner owner, String id) {
        stores.transactions().inTransaction(tx -> delete(tx, owner, id));
    }

    @Override
    public void delete(Tx tx, Owner owner, String id) {
        registrations.delete(tx, owner, id);
    }

    @Override
    public EndpointView endpoint(Owner owner, String id) {
        return form.view(find(owner, id));
    }

    private Loaded find(Owner owner, String id) {
        return transacted(tx -> stores.endpoint(tx, owner, id, now()));
    }

    @Override
    public Page<EndpointView> endpoints(Owner owner, PageRequest page) {
        return endpoints(owner, null, page);
    }

    @Override
    public Page<EndpointView> endpoints(Owner owner, @Nullable EndpointStatus status, PageRequest page) {
        return transacted(tx -> stores.endpoints().page(tx, owner, status, page, now()))
                .map(form::view);
    }

    @Override
    public Rotation rotateSecret(Owner owner, String id, RotationRequest request) {
        return transacted(tx -> rotateSecret(tx, owner, id, request));
    }

    @Override
    public Rotation rotateSecret(Tx tx, Owner owner, String id, RotationRequest request) {
        return rotations.rotate(tx, owner, id, request);
    }

    @Override
    public List<PublicKey> publicKeys(Owner owner, String id) {
        return form.openKeys(find(owner, id)).publicKeys();
    }

    @Override
    public Delivery sendTest(Owner owner, String id, String type) {
        return transacted(tx -> sendTest(tx, owner, id, type));
    }

    @Override
    public Delivery sendTest(Tx tx, Owner owner, String id, String type) {
        return tests.send(tx, owner, id, type).orElseThrow(() -> TestEvents.tooMany(id));
    }

    @Override
    public EndpointStats stats(Owner owner, String id, Duration window) {
        return transacted(tx -> statistics.stats(tx, owner, id, window));
    }

    @Override
    public Map<DeliveryState, Long> deliveriesByState() {
        return transacted(stores.history()::states);
    }

    @Override
    public Delivery delivery(Owner owner, String id) {
        return transacted(tx -> stores.delivery(tx, owner, id)).delivery();
    }

    @Override
    public Page<Delivery> deliveries(Owner owner, DeliveryQuery query, PageRequest page) {
        return transacted(tx -> stores.deliveries().page(tx, owner, query, page))
                .map(DeliveryRow::delivery);
    }

    @Override
    public Page<Attempt> attempts(Owner owner, String deliveryId, PageRequest page) {
        return transacted(tx -> {
            stores.delivery(tx, owner, deliveryId);
            return stores.deliveries().attempts(tx, deliveryId, page);
        });
    }

    @Override
    public Delivery retry(Owner owner, String id) {
        return transacted(tx -> retry(tx, owner, id));
    }

    @Override
    public Delivery retry(Tx tx, Owner owner, String id) {
        return desk.retry(tx, owner, id);
    }

    @Override
    public Delivery cancel(Owner owner, String id) {
        return transacted(tx -> cancel(tx, owner, id));
    }

    @Override
    public Delivery cancel(Tx tx, Owner owner, String id) {
        return desk.cancel(tx, owner, id);
    }

    @Override
    public Recovery recover(Owner owner, String id, RecoveryRequest request) {
        return transacted(tx -> recover(tx, owner, id, request));
    }

    @Override
    public Recovery recover(Tx tx, Owner owner, String id, RecoveryRequest request) {
        return recoveries.start(tx, owner, id, request);
    }

    @Override
    public Recovery recovery(Owner owner, String recoveryId) {
        return transacted(tx -> recoveries.find(tx, owner, recoveryId));
    }

    @Override
    public void stopRecovery(Owner owner, String recoveryId) {
        stores.transactions().inTransaction(tx -> stopRecovery(tx, owner, recoveryId));
    }

    @Override
    public void stopRecovery(Tx tx, Owner owner, String recoveryId) {
        recoveries.stop(tx, owner, recoveryId);
    }

    @Override
    public int erase(Tx tx, Owner owner) {
        events.erase(tx, owner);
        tx.hintAfterCommit(erased);
        return stores.history().eraseReplies(tx, owner);
    }

    @Override
    public ApiModule api() {
        return new WebhooksApi(this);
    }
}
