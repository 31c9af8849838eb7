package dev.matrix.webhooks.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.Attempt;
import dev.matrix.webhooks.Delivery;
import dev.matrix.webhooks.DeliveryQuery;
import dev.matrix.webhooks.DeliveryState;
import dev.matrix.webhooks.EndReason;
import dev.matrix.webhooks.Trigger;
import dev.matrix.webhooks.spi.AttemptResult;
import dev.matrix.webhooks.spi.DeliveryCursor;
import dev.matrix.webhooks.spi.DeliveryRow;
import dev.matrix.webhooks.spi.DeliveryStore;
import dev.matrix.webhooks.spi.EndpointShare;
import dev.matrix.webhooks.spi.NewDelivery;
import dev.matrix.webhooks.spi.Routed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link DeliveryStore} in memory. */
final class MemoryDeliveryStore implements DeliveryStore {

    private final MemoryEndpointStore endpoints;
    private final MemoryEndpointLeaseStore leases;
    private final DeliveryTables tables;
    private final OpenDeliveries open;

    MemoryDeliveryStore(DeliveryTables tables, MemoryEndpointStore endpoints, MemoryEndpointLeaseStore leases) {
        this.tables = tables;
        this.open = tables.open;
        this.endpoints = endpoints;
        this.leases = leases;
    }

    @Override
    public Routed route(Tx tx, List<NewDelivery> rows, Map<Owner, Long> routingVersions) {
        Set<Owner> stale = new HashSet<>();
        routingVersions.forEach((owner, version) -> {
            if (endpoints.routingVersion(tx, owner) != version) {
                stale.add(owner);
            }
        });
        Set<String> known = new HashSet<>();
        for (NewDelivery row : rows) {
            if (!stale.contains(row.routedFor()) && !tables.add(tx, row)) {
                known.add(row.id());
            }
        }
        return new Routed(stale, known);
    }

    @Override
    public List<String> freshEndpoints(Tx tx, @Nullable String after, Set<String> watched, int limit) {
        return open.queuedEndpoints(tx, after)
                .filter(id -> !watched.contains(id))
                .limit(limit)
                .toList();
    }

    @Override
    public Set<String> retrying(Tx tx, Collection<String> endpointIds) {
        return endpointIds.stream()
                .filter(id -> open.earliestRetry(tx, id) != null)
                .collect(Collectors.toSet());
    }

    @Override
    public List<DeliveryRow> due(Tx tx, List<EndpointShare> shares, Instant now) {
        List<DeliveryRow> due = new ArrayList<>();
        for (EndpointShare share : shares) {
            Map<String, String> firsts = share.perSubject() ? firstEvents(tx, share.endpointId()) : Map.of();
            List<DeliveryRow> retrying = some(tx, share, firsts, open.retrying(tx, share.endpointId(), now));
            List<DeliveryRow> queued = some(tx, share, firsts, open.queued(tx, share.endpointId()));
            due.addAll(share.inTurn(retrying, queued));
        }
        return due;
    }

    private List<DeliveryRow> some(Tx tx, EndpointShare share, Map<String, String> firsts, Stream<String> ids) {
        return ids.filter(id -> !share.inHand().contains(id))
                .map(id -> tables.get(tx, id))
                .filter(row -> !share.perSubject()
                        || row.delivery()
                                .eventId()
                                .equals(firsts.get(row.delivery().subject()))
                        || !tables.isOrdered(tx, row.delivery().id()))
                .limit(share.limit())
                .toList();
    }

    /** The lowest event id of what is open at an endpoint and ordered, by subject. */
    private Map<String, String> firstEvents(Tx tx, String endpointId) {
        Map<String, String> firsts = new HashMap<>();
        openRows(tx, endpointId)
                .map(DeliveryRow::delivery)
                .filter(open -> tables.isOrdered(tx, open.id()))
                .forEach(open ->
                        firsts.merge(open.subject(), open.eventId(), BinaryOperator.minBy(Comparator.naturalOrder())));
        return firsts;
    }

    private Stream<DeliveryRow> openRows(Tx tx, String endpointId) {
        return open.of(tx, endpointId).map(id -> tables.get(tx, id));
    }

    @Override
    public Set<String> complete(Tx tx, List<AttemptResult> results) {
        Set<String> applied = new HashSet<>();
        for (AttemptResult result : results) {
            Delivery after = result.after();
            DeliveryRow former = tables.find(tx, after.id());
            boolean current = former != null && isCurrent(tx, former, result);
            Attempt attempt = result.attempt();
            tables.log(tx, current ? attempt : attempt.asLate());
            if (former != null && current) {
                tables.replace(
                        tx, former, new DeliveryRow(former.owner(), after, result.requests(), result.firstRequestAt()));
                applied.add(after.id());
            }
        }
        return applied;
    }

    private boolean isCurrent(Tx tx, DeliveryRow former, AttemptResult result) {
        Delivery stored = former.delivery();
        return stored.state().isOpen()
                && stored.version() == result.after().version()
                && former.requests() < result.requests()
                && leases.isNewest(tx, stored.endpointId(), result.leaseToken());
    }

    @Override
    public Set<String> requeue(Tx tx, String endpointId, List<String> ids) {
        Set<String> changed = new HashSet<>();
        for (String id : ids) {
            DeliveryRow former = tables.find(tx, id);
            if (former != null
                    && former.delivery().endpointId().equals(endpointId)
                    && former.delivery().state() != DeliveryState.EXPIRED) {
                tables.replace(tx, former, former.requeued(Trigger.MANUAL));
                changed.add(id);
            }
        }
        return changed;
    }

    @Override
    public int endOpen(
            Tx tx, String endpointId, @Nullable String deliveryId, EndReason reason, Instant now, int limit) {
        List<DeliveryRow> ended = openRows(tx, endpointId)
                .filter(row -> deliveryId == null || row.delivery().id().equals(deliveryId))
                .limit(limit)
                .toList();
        ended.forEach(row -> tables.replace(tx, row, row.ended(reason, now)));
        return ended.size();
    }

    @Override
    public Optional<DeliveryRow> find(Tx tx, String id) {
        return Optional.ofNullable(tables.find(tx, id));
    }

    @Override
    public Page<DeliveryRow> page(Tx tx, Owner owner, DeliveryQuery query, PageRequest page) {
        DeliveryCursor last = page.cursor() == null ? null : DeliveryCursor.parse(page.cursor());
        List<DeliveryRow> found = tables.after(tx, "")
                .filter(row -> row.owner().equals(owner) && matches(query, row.delivery()))
                .sorted(DeliveryTables.MADE)
                .filter(row -> last == null || isAfter(row.delivery(), last))
                .limit(page.limit() + 1L)
                .toList();
        return Page.of(found, page, DeliveryCursor::after);
    }

    private static boolean isAfter(Delivery d, DeliveryCursor last) {
        int order = d.createdAt().compareTo(last.createdAt());
        return order > 0 || (order == 0 && d.id().compareTo(last.id()) > 0);
    }

    private static boolean matches(DeliveryQuery query, Delivery d) {
        return query.endpointId().equals(d.endpointId())
                && (query.state() == null || query.state() == d.state())
                && (query.type() == null || query.type().equals(d.type()))
                && (query.since() == null || !d.createdAt().isBefore(query.since()))
                && (query.until() == null || d.createdAt().isBefore(query.until()));
    }

    @Override
    public Page<Attempt> attempts(Tx tx, String deliveryId, PageRequest page) {
        String after = page.cursor() == null ? "" : page.cursor();
        List<Attempt> found =
                tables.attempts(tx, deliveryId, after).limit(page.limit() + 1L).toList();
        return Page.of(found, page, Attempt::id);
    }

    @Override
    public int purge(Tx tx, Instant before, int limit) {
        List<Attempt> old = tables.attempts(tx)
                .sorted(Comparator.comparing(Attempt::id))
                .limit(limit)
                .filter(attempt -> attempt.startedAt().isBefore(before))
                .toList();
        old.forEach(attempt -> tables.remove(tx, attempt));
        return old.size();
    }
}
