package dev.matrix.webhooks.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.Attempt;
import dev.matrix.webhooks.Delivery;
import dev.matrix.webhooks.DeliveryQuery;
import dev.matrix.webhooks.DeliveryState;
import dev.matrix.webhooks.EndReason;
import dev.matrix.webhooks.spi.AttemptResult;
import dev.matrix.webhooks.spi.DeliveryRow;
import dev.matrix.webhooks.spi.DeliveryStore;
import dev.matrix.webhooks.spi.EndpointShare;
import dev.matrix.webhooks.spi.NewDelivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link DeliveryStore} in memory. */
final class MemoryDeliveryStore implements DeliveryStore {

    private record EventKey(String endpointId, String eventId) implements Comparable<EventKey> {

        private static final Comparator<EventKey> ORDER =
                Comparator.comparing(EventKey::endpointId).thenComparing(EventKey::eventId);

        @Override
        public int compareTo(EventKey other) {
            return ORDER.compare(this, other);
        }
    }

    private record AttemptKey(String deliveryId, String id) implements Comparable<AttemptKey> {

        private static final Comparator<AttemptKey> ORDER =
                Comparator.comparing(AttemptKey::deliveryId).thenComparing(AttemptKey::id);

        @Override
        public int compareTo(AttemptKey other) {
            return ORDER.compare(this, other);
        }
    }

    private static final Comparator<DeliveryRow> MADE = Comparator.comparing(
                    (DeliveryRow row) -> row.delivery().createdAt())
            .thenComparing(row -> row.delivery().id());

    private final MemoryEndpointStore endpoints;
    private final MemoryEndpointLeaseStore leases;
    private final MemoryTable<String, DeliveryRow> deliveries = new MemoryTable<>();
    private final MemoryTable<EventKey, String> byEvent = new MemoryTable<>();
    private final OpenDeliveries open;
    private final MemoryTable<AttemptKey, Attempt> attempts = new MemoryTable<>();

    MemoryDeliveryStore(OpenDeliveries open, MemoryEndpointStore endpoints, MemoryEndpointLeaseStore leases) {
        this.open = open;
        this.endpoints = endpoints;
        this.leases = leases;
    }

    @Override
    public Set<Owner> route(Tx tx, List<NewDelivery> rows, Map<Owner, Long> routingVersions) {
        Set<Owner> stale = new HashSet<>();
        routingVersions.forEach((owner, version) -> {
            if (endpoints.routingVersion(tx, owner) != version) {
                stale.add(owner);
            }
        });
        for (NewDelivery row : rows) {
            EventKey key = new EventKey(row.endpointId(), row.eventId());
            if (!stale.contains(row.routedFor()) && byEvent.putIfAbsent(tx, key, row.id())) {
                put(tx, null, DeliveryRow.queued(row));
            }
        }
        return stale;
    }

    private void put(Tx tx, @Nullable DeliveryRow former, DeliveryRow row) {
        if (former != null) {
            open.remove(tx, former.delivery());
        }
        deliveries.put(tx, row.delivery().id(), row);
        open.add(tx, row.delivery());
    }

    private DeliveryRow row(Tx tx, String id) {
        DeliveryRow row = deliveries.get(tx, id);
        if (row == null) {
            throw new IllegalStateException("No delivery " + id);
        }
        return row;
    }

    @Override
    public List<String> freshEndpoints(Tx tx, @Nullable String after, int limit) {
        return open.queuedEndpoints(tx, after).limit(limit).toList();
    }

    @Override
    public List<DeliveryRow> due(Tx tx, List<EndpointShare> shares, Instant now) {
        List<DeliveryRow> due = new ArrayList<>();
        for (EndpointShare share : shares) {
            Map<String, String> firsts = share.perSubject() ? firstEvents(tx, share.endpointId()) : Map.of();
            List<DeliveryRow> retrying = some(tx, share, firsts, open.retrying(tx, share.endpointId(), now));
            List<DeliveryRow> queued = some(tx, share, firsts, open.queued(tx, share.endpointId(), share.after()));
            due.addAll(share.inTurn(retrying, queued));
        }
        return due;
    }

    private List<DeliveryRow> some(Tx tx, EndpointShare share, Map<String, String> firsts, Stream<String> ids) {
        return ids.map(id -> row(tx, id))
                .filter(row -> !share.perSubject()
                        || row.delivery()
                                .eventId()
                                .equals(firsts.get(row.delivery().subject())))
                .limit(share.limit())
                .toList();
    }

    /** The lowest event id that is open at an endpoint, by subject. */
    private Map<String, String> firstEvents(Tx tx, String endpointId) {
        Map<String, String> firsts = new HashMap<>();
        openRows(tx, endpointId)
                .map(DeliveryRow::delivery)
                .forEach(open ->
                        firsts.merge(open.subject(), open.eventId(), BinaryOperator.minBy(Comparator.naturalOrder())));
        return firsts;
    }

    private Stream<DeliveryRow> openRows(Tx tx, String endpointId) {
        return open.of(tx, endpointId).map(id -> row(tx, id));
    }

    @Override
    public Set<String> complete(Tx tx, List<AttemptResult> results) {
        Set<String> applied = new HashSet<>();
        for (AttemptResult result : results) {
            Delivery after = result.after();
            DeliveryRow former = deliveries.get(tx, after.id());
            boolean current = former != null && isCurrent(tx, former, result);
            Attempt attempt = result.attempt();
            attempts.putIfAbsent(tx, new AttemptKey(after.id(), attempt.id()), current ? attempt : attempt.asLate());
            if (former != null && current) {
                put(tx, former, new DeliveryRow(former.owner(), after, result.requests(), result.firstRequestAt()));
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
            DeliveryRow former = deliveries.get(tx, id);
            if (former != null
                    && former.delivery().endpointId().equals(endpointId)
                    && former.delivery().state() != DeliveryState.EXPIRED) {
                put(tx, former, former.requeued());
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
        ended.forEach(row -> put(tx, row, row.ended(reason, now)));
        return ended.size();
    }

    @Override
    public Optional<DeliveryRow> find(Tx tx, String id) {
        return Optional.ofNullable(deliveries.get(tx, id));
    }

    @Override
    public Page<DeliveryRow> page(Tx tx, Owner owner, DeliveryQuery query, PageRequest page) {
        DeliveryRow last = page.cursor() == null ? null : deliveries.get(tx, page.cursor());
        List<DeliveryRow> found = deliveries.rows(tx).values().stream()
                .filter(row -> row.owner().equals(owner) && matches(query, row.delivery()))
                .sorted(MADE)
                .filter(row -> last == null || MADE.compare(row, last) > 0)
                .limit(page.limit() + 1L)
                .toList();
        return Page.of(found, page, row -> row.delivery().id());
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
        List<Attempt> found = attempts.rows(tx).tailMap(new AttemptKey(deliveryId, after), false).values().stream()
                .takeWhile(attempt -> attempt.deliveryId().equals(deliveryId))
                .limit(page.limit() + 1L)
                .toList();
        return Page.of(found, page, Attempt::id);
    }

    @Override
    public int purge(Tx tx, Instant before, int limit) {
        List<AttemptKey> old = attempts.rows(tx).values().stream()
                .sorted(Comparator.comparing(Attempt::id))
                .limit(limit)
                .filter(attempt -> attempt.startedAt().isBefore(before))
                .map(attempt -> new AttemptKey(attempt.deliveryId(), attempt.id()))
                .toList();
        old.forEach(key -> attempts.remove(tx, key));
        return old.size();
    }
}
