package dev.matrix.webhooks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.matrix.core.Ids;
import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventCatalog;
import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.spi.DeliveryStore;
import dev.matrix.webhooks.spi.EndpointStore;
import dev.matrix.webhooks.spi.FilterEngine;
import dev.matrix.webhooks.spi.NewDelivery;
import dev.matrix.webhooks.spi.OwnerRoutes;
import dev.matrix.webhooks.spi.Routed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Turns events into deliveries in the publisher's transaction. Routes are cached by owner with their version; the insert
 * names that version and does nothing where it has changed, then routes are read again. So what a registration committed
 * counts for every later publish, on any node, and publishers lock nothing that they share.
 *
 * <p>Only what has committed is cached. A publisher's transaction may have changed the routes itself; rolled back, they never
 * were, and the next registration to commit gives their version to other routes, so nothing would show that what is cached is
 * wrong. So a table that a publisher reads is kept after its commit. Of the commit of a transaction that the host runs nobody
 * tells; what such publishers read is read again by {@link #refresh}, in a transaction that has changed nothing.
 */
final class WebhookRouter implements EventSubscriber.Transactional {

    static final String NAME = "webhooks";

    private static final int CACHED_OWNERS = 10_000;
    private static final int REFRESHED_AT_ONCE = 1_000;
    private static final String OWN_FAMILY = "endpoint.";

    private final EndpointStore endpoints;
    private final DeliveryStore deliveries;
    private final EndpointForm form;
    private final FilterEngine engine;
    private final Requests requests;
    private final Ids ids;
    private final InstantSource clock;
    private final Set<EventPattern> interests;
    private final Consumer<List<Fresh>> routed;
    private final Consumer<Set<String>> inDoubt;
    private final Cache<Owner, RoutingTable> tables = Caffeine.newBuilder()
            .maximumSize(CACHED_OWNERS)
            .executor(Runnable::run)
            .build();

    /** Whose routes a publisher has read and not kept; at most about as many as are cached. */
    private final Set<Owner> unkept = ConcurrentHashMap.newKeySet();

    /** Whose kept table has filters that aren't compiled. */
    private final Set<Owner> uncompiled = ConcurrentHashMap.newKeySet();

    private final Runnable refreshPays;

    /**
     * @param routed told after the commit which deliveries there are now: they are sent without being read
     * @param inDoubt told which endpoints may have new deliveries, where the host says that it has committed
     * @param refreshPays told that publishers read over and over what they can't keep, or match what isn't compiled, so that a
     *     {@link #refresh} pays
     */
    WebhookRouter(
            WebhookStores stores,
            EndpointForm form,
            FilterEngine engine,
            Requests requests,
            EventCatalog catalog,
            Ids ids,
            InstantSource clock,
            Consumer<List<Fresh>> routed,
            Consumer<Set<String>> inDoubt,
            Runnable refreshPays) {
        this.endpoints = stores.endpoints();
        this.deliveries = stores.deliveries();
        this.form = form;
        this.engine = engine;
        this.requests = requests;
        this.ids = ids;
        this.clock = clock;
        this.routed = routed;
        this.inDoubt = inDoubt;
        this.refreshPays = refreshPays;
        Set<EventPattern> all = new LinkedHashSet<>();
        all.add(new EventPattern("*"));
        catalog.all().stream()
                .filter(EventType::isExplicitOnly)
                .forEach(type -> all.add(new EventPattern(type.name())));
        this.interests = Set.copyOf(all);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<EventPattern> interests() {
        return interests;
    }

    @Override
    public boolean inline() {
        return true;
    }

    @Override
    public void handle(Tx tx, List<StoredEvent> events) {
        Map<Owner, List<RoutedEvent>> byOwner = new TreeMap<>();
        for (StoredEvent stored : events) {
            RoutedEvent event = new RoutedEvent(stored, requests);
            viewers(stored.event())
                    .forEach(owner -> byOwner.computeIfAbsent(owner, absent -> new ArrayList<>())
                            .add(event));
        }
        List<Fresh> added = new ArrayList<>();
        Map<Owner, RoutingTable> current = cached(byOwner.keySet());
        Set<Owner> open = byOwner.keySet();
        while (!open.isEmpty()) {
            load(tx, open, current);
            List<Fresh> rows = rows(byOwner, open, current);
            Map<Owner, Long> versions = new HashMap<>();
            open.forEach(owner -> versions.put(owner, table(current, owner).version()));
            Routed result = deliveries.route(tx, rows.stream().map(Fresh::row).toList(), versions);
            rows.stream().filter(row -> isAdded(row.row(), result)).forEach(added::add);
            open = result.stale();
            open.forEach(current::remove);
        }
        tx.afterCommit(
                () -> {
                    keep(current);
                    if (!added.isEmpty()) {
                        routed.accept(added);
                    }
                },
                () -> {
                    if (!added.isEmpty()) {
                        inDoubt.accept(added.stream().map(Fresh::endpointId).collect(Collectors.toSet()));
                    }
                });
    }

    private static boolean isAdded(NewDelivery row, Routed result) {
        return !result.stale().contains(row.routedFor()) && !result.known().contains(row.id());
    }

    private static Set<Owner> viewers(BillingEvent event) {
        Set<Owner> viewers = new TreeSet<>(event.visibleTo());
        viewers.add(event.owner());
        return viewers;
    }

    private Map<Owner, RoutingTable> cached(Set<Owner> owners) {
        return new LinkedHashMap<>(tables.getAllPresent(owners));
    }

    private void load(Tx tx, Set<Owner> owners, Map<Owner, RoutingTable> into) {
        List<Owner> missing =
                owners.stream().filter(owner -> !into.containsKey(owner)).toList();
        if (!missing.isEmpty()) {
            read(tx, missing, into);
            boolean again = !Collections.disjoint(missing, unkept);
            unkept.addAll(missing);
            if (again || unkept.size() > CACHED_OWNERS) {
                refreshPays.run();
            }
        }
    }

    private void read(Tx tx, Collection<Owner> owners, Map<Owner, RoutingTable> into) {
        for (OwnerRoutes routes : endpoints.routes(tx, owners)) {
            into.put(routes.owner(), new RoutingTable(routes, form, installed(routes.owner())));
        }
    }

    /** Those of the table that is kept, so that what is compiled goes on to be used. */
    private InstalledFilters installed(Owner owner) {
        RoutingTable former = tables.getIfPresent(owner);
        return former == null ? new InstalledFilters(owner, engine) : former.installed();
    }

    private static RoutingTable table(Map<Owner, RoutingTable> tables, Owner owner) {
        RoutingTable table = tables.get(owner);
        if (table == null) {
            throw new IllegalStateException("EndpointStore.routes left out " + owner + "; it answers for each owner.");
        }
        return table;
    }

    private List<Fresh> rows(
            Map<Owner, List<RoutedEvent>> byOwner, Set<Owner> owners, Map<Owner, RoutingTable> current) {
        Instant now = clock.instant();
        List<Fresh> rows = new ArrayList<>();
        for (Owner owner : owners) {
            RoutingTable table = table(current, owner);
            for (RoutedEvent routed : byOwner.getOrDefault(owner, List.of())) {
                BillingEvent event = routed.event();
                for (RoutingTable.Target target : table.matching(event.type(), routed::view)) {
                    if (!concernsItself(event.type(), event.subject(), target.endpointId())) {
                        NewDelivery row = new NewDelivery(
                                ids.next("whd"),
                                owner,
                                target.endpointId(),
                                event.id(),
                                event.type().name(),
                                event.subject(),
                                Trigger.EVENT,
                                target.ordering(),
                                now);
                        rows.add(new Fresh(row, target.version(), routed.stored()));
                    }
                }
            }
        }
        return rows;
    }

    /** News of an endpoint is never sent to that endpoint: it could feed on itself. */
    static boolean concernsItself(EventType type, String subject, String endpointId) {
        return type.name().startsWith(OWN_FAMILY) && subject.equals(endpointId);
    }

    /**
     * Reads what publishers have read and could not keep, a bounded number of owners, and keeps it.
     *
     * @param tx one that has changed no routes
     * @return whether there may be more
     */
    boolean refresh(Tx tx) {
        List<Owner> owners = unkept.stream().limit(REFRESHED_AT_ONCE).toList();
        if (!owners.isEmpty()) {
            Map<Owner, RoutingTable> current = new HashMap<>();
            read(tx, owners, current);
            tx.afterCommit(() -> keep(current));
        }
        return owners.size() == REFRESHED_AT_ONCE;
    }

    private void keep(Map<Owner, RoutingTable> committed) {
        committed.forEach((owner, table) -> {
            RoutingTable kept = tables.asMap()
                    .merge(owner, table, (known, read) -> read.version() > known.version() ? read : known);
            if (!kept.isCompiled() && uncompiled.add(owner)) {
                refreshPays.run();
            }
        });
        unkept.removeAll(committed.keySet());
    }

    /** Compiles the filters of each table that is kept and needs it, outside of any transaction. */
    void compile() {
        for (Owner owner : Set.copyOf(uncompiled)) {
            // Before the table is read: one that is kept after this is compiled by the next run.
            uncompiled.remove(owner);
            RoutingTable table = tables.getIfPresent(owner);
            if (table != null && !table.isCompiled()) {
                table.compile();
            }
        }
    }
}
