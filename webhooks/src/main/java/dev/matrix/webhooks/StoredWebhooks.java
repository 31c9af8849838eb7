package dev.matrix.webhooks;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Matrix;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.EventTypes;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.spi.DeliveryRow;
import dev.matrix.webhooks.spi.EndpointKeyRow;
import dev.matrix.webhooks.spi.EndpointRow;
import dev.matrix.webhooks.spi.EndpointStore.Loaded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** {@link Webhooks} over its stores. */
final class StoredWebhooks implements Webhooks {

    private final Matrix matrix;
    private final WebhookStores stores;
    private final EndpointForm form;
    private final EndpointRules rules;
    private final EndpointChanges changes;
    private final Consumer<String> hint;

    /** @param hint told after a commit which endpoint has something to send */
    StoredWebhooks(
            Matrix matrix,
            WebhookStores stores,
            EndpointForm form,
            EndpointRules rules,
            EndpointChanges changes,
            Consumer<String> hint) {
        this.matrix = matrix;
        this.stores = stores;
        this.form = form;
        this.rules = rules;
        this.changes = changes;
        this.hint = hint;
    }

    private <R> R transacted(Function<Tx, R> work) {
        return stores.transactions().returning(work);
    }

    private Instant now() {
        return matrix.storeClock().instant();
    }

    @Override
    public Registered register(Endpoint endpoint) {
        return transacted(tx -> register(tx, endpoint));
    }

    @Override
    public Registered register(Tx tx, Endpoint endpoint) {
        Owner owner = endpoint.owner();
        EndpointSettings settings = rules.checked(endpoint);
        String given = endpoint.secret();
        SigningKey secret = given == null ? SharedSecret.generate(matrix.random()) : SharedSecret.parse(given);
        String id = matrix.ids().next("whe");
        EndpointRow row = new EndpointRow(
                id,
                owner,
                1,
                EndpointStatus.ACTIVE,
                null,
                form.encode(settings),
                form.sealHeaders(owner, id, endpoint.headers()),
                null,
                0,
                now());
        List<EndpointKeyRow> keys = new ArrayList<>();
        keys.add(sealed(row, secret));
        if (settings.schemes().contains(SignatureScheme.STANDARD_V1A)) {
            keys.add(sealed(row, Ed25519KeyPair.generate(matrix.random())));
        }
        stores.endpoints().insert(tx, row, keys);
        int count = stores.endpoints().count(tx, owner);
        if (count > rules.endpointsPerOwner()) {
            throw new ConflictException("An owner has at most " + rules.endpointsPerOwner() + " endpoints, and " + owner
                    + " has them all; delete one that is not used.");
        }
        changes.publish(tx, EventTypes.ENDPOINT_CREATED, row, now());
        return new Registered(form.view(new Loaded(row, keys)), secret.text());
    }

    private EndpointKeyRow sealed(EndpointRow row, SigningKey key) {
        return form.seal(
                row.owner(), row.id(), new EndpointKeys.Key(matrix.ids().next("whk"), key, null));
    }

    @Override
    public EndpointView update(Owner owner, String id, long version, UnaryOperator<Endpoint> change) {
        return transacted(tx -> update(tx, owner, id, version, change));
    }

    @Override
    public EndpointView update(Tx tx, Owner owner, String id, long version, UnaryOperator<Endpoint> change) {
        EndpointRow row = find(tx, owner, id).row();
        Endpoint changed = change.apply(form.endpoint(row));
        rules.checkUnchanged(owner, changed);
        EndpointSettings settings = rules.checked(changed);
        EndpointRow next = new EndpointRow(
                id,
                owner,
                version + 1,
                row.status(),
                row.disabledReason(),
                form.encode(settings),
                form.sealHeaders(owner, id, changed.headers()),
                row.failingSince(),
                row.failures(),
                row.createdAt());
        replace(tx, next, EventTypes.ENDPOINT_UPDATED);
        return form.view(withKeyPair(tx, find(tx, owner, id), settings));
    }

    private Loaded withKeyPair(Tx tx, Loaded loaded, EndpointSettings settings) {
        boolean wanted = settings.schemes().contains(SignatureScheme.STANDARD_V1A);
        boolean there = loaded.keys().stream().anyMatch(key -> key.kind() == EndpointKeyRow.Kind.ED25519);
        if (!wanted || there) {
            return loaded;
        }
        EndpointRow row = loaded.row();
        stores.endpoints().addKey(tx, sealed(row, Ed25519KeyPair.generate(matrix.random())), now());
        return find(tx, row.owner(), row.id());
    }

    private void replace(Tx tx, EndpointRow next, EventType news) {
        if (!stores.endpoints().replaceIfVersion(tx, next)) {
            throw new ConflictException("Endpoint " + next.id() + " has changed since version " + (next.version() - 1)
                    + "; read it again and repeat the change.");
        }
        changes.publish(tx, news, next, now());
        tx.afterCommit(() -> hint.accept(next.id()));
    }

    private Loaded find(Tx tx, Owner owner, String id) {
        return stores.endpoints()
                .find(tx, owner, id, now())
                .orElseThrow(() -> new NotFoundException("No endpoint " + id + " of " + owner + "."));
    }

    @Override
    public EndpointView setStatus(Owner owner, String id, EndpointStatus status) {
        return transacted(tx -> setStatus(tx, owner, id, status));
    }

    @Override
    public EndpointView setStatus(Tx tx, Owner owner, String id, EndpointStatus status) {
        Loaded loaded = find(tx, owner, id);
        EndpointRow row = loaded.row();
        if (row.status() == status) {
            return form.view(loaded);
        }
        if (!row.status().canBecome(status)) {
            throw new ConflictException("Endpoint " + id + " is " + row.status() + " and can't become " + status
                    + "; make it ACTIVE first.");
        }
        DisabledReason reason = status == EndpointStatus.DISABLED ? DisabledReason.MANUAL : null;
        replace(tx, EndpointChanges.withStatus(row, status, reason), news(status));
        if (status == EndpointStatus.DISABLED) {
            endOpen(tx, id);
        }
        return form.view(find(tx, owner, id));
    }

    private static EventType news(EndpointStatus status) {
        return switch (status) {
            case ACTIVE -> EventTypes.ENDPOINT_ENABLED;
            case PAUSED -> EventTypes.ENDPOINT_UPDATED;
            case DISABLED -> EventTypes.ENDPOINT_DISABLED;
        };
    }

    private void endOpen(Tx tx, String endpointId) {
        stores.deliveries().endOpen(tx, endpointId, null, EndReason.ENDPOINT, now(), EndpointChanges.ENDED_AT_ONCE);
    }

    @Override
    public void delete(Owner owner, String id) {
        stores.transactions().inTransaction(tx -> delete(tx, owner, id));
    }

    @Override
    public void delete(Tx tx, Owner owner, String id) {
        EndpointRow row = find(tx, owner, id).row();
        stores.endpoints().delete(tx, owner, id);
        endOpen(tx, id);
        changes.publish(tx, EventTypes.ENDPOINT_DELETED, row, now());
    }

    @Override
    public EndpointView endpoint(Owner owner, String id) {
        return form.view(transacted(tx -> find(tx, owner, id)));
    }

    @Override
    public Page<EndpointView> endpoints(Owner owner, PageRequest page) {
        return transacted(tx -> stores.endpoints().page(tx, owner, null, page, now()))
                .map(form::view);
    }

    @Override
    public Delivery delivery(Owner owner, String id) {
        return transacted(tx -> findDelivery(tx, owner, id)).delivery();
    }

    private DeliveryRow findDelivery(Tx tx, Owner owner, String id) {
        return stores.deliveries()
                .find(tx, id)
                .filter(row -> row.owner().equals(owner))
                .orElseThrow(() -> new NotFoundException("No delivery " + id + " of " + owner + "."));
    }

    @Override
    public Page<Delivery> deliveries(Owner owner, DeliveryQuery query, PageRequest page) {
        return transacted(tx -> stores.deliveries().page(tx, owner, query, page))
                .map(DeliveryRow::delivery);
    }

    @Override
    public Page<Attempt> attempts(Owner owner, String deliveryId, PageRequest page) {
        return transacted(tx -> {
            findDelivery(tx, owner, deliveryId);
            return stores.deliveries().attempts(tx, deliveryId, page);
        });
    }

    @Override
    public Delivery retry(Owner owner, String id) {
        return transacted(tx -> {
            Delivery delivery = findDelivery(tx, owner, id).delivery();
            EndpointStatus status = find(tx, owner, delivery.endpointId()).row().status();
            boolean requeued = status == EndpointStatus.ACTIVE
                    && !stores.deliveries()
                            .requeue(tx, delivery.endpointId(), List.of(id))
                            .isEmpty();
            if (!requeued) {
                throw new ConflictException("Delivery " + id + " is " + delivery.state() + " and its endpoint " + status
                        + "; only what is not EXPIRED, of an ACTIVE endpoint, can be sent again.");
            }
            tx.afterCommit(() -> hint.accept(delivery.endpointId()));
            return findDelivery(tx, owner, id).delivery();
        });
    }

    @Override
    public Delivery cancel(Owner owner, String id) {
        return transacted(tx -> {
            Delivery delivery = findDelivery(tx, owner, id).delivery();
            if (stores.deliveries().endOpen(tx, delivery.endpointId(), id, EndReason.MANUAL, now(), 1) == 0) {
                throw new ConflictException(
                        "Delivery " + id + " is " + delivery.state() + "; only an open one can be cancelled.");
            }
            return findDelivery(tx, owner, id).delivery();
        });
    }
}
