package dev.matrix.webhooks;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.spi.AttemptResult;
import dev.matrix.webhooks.spi.DeliveryRow;
import dev.matrix.webhooks.spi.DeliveryStore;
import dev.matrix.webhooks.spi.EndpointShare;
import dev.matrix.webhooks.spi.NewDelivery;
import dev.matrix.webhooks.spi.Routed;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A delivery store as it is; subclasses watch it or break it. */
class DeliveriesView implements DeliveryStore {

    private final DeliveryStore sound;

    DeliveriesView(DeliveryStore sound) {
        this.sound = sound;
    }

    @Override
    public Routed route(Tx tx, List<NewDelivery> rows, Map<Owner, Long> routingVersions) {
        return sound.route(tx, rows, routingVersions);
    }

    @Override
    public List<String> freshEndpoints(Tx tx, @Nullable String after, Set<String> watched, int limit) {
        return sound.freshEndpoints(tx, after, watched, limit);
    }

    @Override
    public Set<String> retrying(Tx tx, Collection<String> endpointIds) {
        return sound.retrying(tx, endpointIds);
    }

    @Override
    public List<DeliveryRow> due(Tx tx, List<EndpointShare> shares, Instant now) {
        return sound.due(tx, shares, now);
    }

    @Override
    public Set<String> complete(Tx tx, List<AttemptResult> results) {
        return sound.complete(tx, results);
    }

    @Override
    public Set<String> requeue(Tx tx, String endpointId, List<String> ids) {
        return sound.requeue(tx, endpointId, ids);
    }

    @Override
    public int endOpen(
            Tx tx, String endpointId, @Nullable String deliveryId, EndReason reason, Instant now, int limit) {
        return sound.endOpen(tx, endpointId, deliveryId, reason, now, limit);
    }

    @Override
    public Optional<DeliveryRow> find(Tx tx, String id) {
        return sound.find(tx, id);
    }

    @Override
    public Page<DeliveryRow> page(Tx tx, Owner owner, DeliveryQuery query, PageRequest page) {
        return sound.page(tx, owner, query, page);
    }

    @Override
    public Page<Attempt> attempts(Tx tx, String deliveryId, PageRequest page) {
        return sound.attempts(tx, deliveryId, page);
    }

    @Override
    public int purge(Tx tx, Instant before, int limit) {
        return sound.purge(tx, before, limit);
    }
}
