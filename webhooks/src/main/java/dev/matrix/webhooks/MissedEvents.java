package dev.matrix.webhooks;

import dev.matrix.core.Ids;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventCatalog;
import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.EventType;
import dev.matrix.core.event.spi.EventRow;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.spi.EndpointRow;
import dev.matrix.webhooks.spi.FilterEngine;
import dev.matrix.webhooks.spi.NewDelivery;
import dev.matrix.webhooks.spi.OwnerRoutes;
import dev.matrix.webhooks.spi.RecoveryRow;
import dev.matrix.webhooks.spi.RecoveryRow.Cursor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds past events that an endpoint, as it is now, would have got and didn't, and makes their deliveries. Payloads stay the
 * bytes that are stored and sent: today's record may not fit those of an earlier version. An event whose type is no longer
 * known is wanted by no pattern.
 */
record MissedEvents(
        WebhookStores stores, EndpointForm form, FilterEngine engine, Requests requests, EventCatalog types, Ids ids) {

    private static final int SLICE = 50;

    /**
     * What one step found.
     *
     * @param last the last event that it looked at; null: there are no more
     */
    record Found(int added, @Nullable Cursor last) {}

    /**
     * Looks at the next events of a recovery's span from an instant on, at most {@code limit}, in id order, which is that of their making. Their
     * payloads are read {@value #SLICE} at a time and let go.
     *
     * @return empty, and nothing was added, where the endpoint has changed since it was read: look again
     */
    Optional<Found> add(Tx tx, EndpointRow endpoint, RecoveryRow recovery, Instant since, int limit, Instant now) {
        Set<String> wanted = wantedTypes(endpoint);
        if (wanted.isEmpty()) {
            return Optional.of(new Found(0, null));
        }
        EventQuery query = EventQuery.all()
                .ofTypes(wanted)
                .since(since)
                .until(recovery.recovery().until());
        RoutingTable table = new RoutingTable(
                new OwnerRoutes(endpoint.owner(), 0, List.of(endpoint)),
                form,
                new InstalledFilters(endpoint.owner(), engine));
        List<NewDelivery> matched = new ArrayList<>();
        Cursor last = recovery.cursor();
        int looked = 0;
        do {
            PageRequest slice = new PageRequest(Math.min(SLICE, limit - looked), last == null ? null : last.id());
            Page<EventRow> page = stores.events().page(tx, query, slice);
            page.items().stream()
                    .filter(row -> isWanted(endpoint, table, row))
                    .forEach(row -> matched.add(delivery(endpoint, row, now)));
            looked += page.items().size();
            last = page.nextCursor() == null
                    ? null
                    : cursorAt(page.items().get(page.items().size() - 1));
        } while (last != null && looked < limit);
        List<NewDelivery> missing = missing(tx, endpoint, matched);
        if (!missing.isEmpty() && !route(tx, endpoint, missing)) {
            return Optional.empty();
        }
        return Optional.of(new Found(missing.size(), last));
    }

    private static Cursor cursorAt(EventRow row) {
        return new Cursor(row.recordedAt(), row.id());
    }

    private Set<String> wantedTypes(EndpointRow endpoint) {
        return form.settings(endpoint).events().stream()
                .flatMap(pattern -> types.matching(new EventPattern(pattern)).stream())
                .map(EventType::name)
                .collect(Collectors.toSet());
    }

    private boolean isWanted(EndpointRow endpoint, RoutingTable table, EventRow row) {
        byte[] payload = row.payload();
        if (payload == null || !isSeenBy(endpoint.owner(), row)) {
            return false;
        }
        EventType type = types.get(row.type());
        return !WebhookRouter.concernsItself(type, row.subject(), endpoint.id())
                && !table.matching(type, () -> FilterView.of(requests.body(row, payload, BodyStyle.FULL)))
                        .isEmpty();
    }

    private static boolean isSeenBy(Owner owner, EventRow row) {
        return row.owner().equals(owner) || row.visibleTo().contains(owner);
    }

    private NewDelivery delivery(EndpointRow endpoint, EventRow row, Instant now) {
        return new NewDelivery(
                ids.next("whd"),
                endpoint.owner(),
                endpoint.id(),
                row.id(),
                row.type(),
                row.subject(),
                Trigger.RECOVERY,
                form.settings(endpoint).ordering(),
                now);
    }

    private List<NewDelivery> missing(Tx tx, EndpointRow endpoint, List<NewDelivery> matched) {
        if (matched.isEmpty()) {
            return List.of();
        }
        List<String> events = matched.stream().map(NewDelivery::eventId).toList();
        Set<String> routed = stores.recoveries().routed(tx, endpoint.id(), events);
        return matched.stream().filter(row -> !routed.contains(row.eventId())).toList();
    }

    /** By the owner's routes as they are; false, and nothing is routed, where the endpoint is another than was read. */
    private boolean route(Tx tx, EndpointRow endpoint, List<NewDelivery> missing) {
        OwnerRoutes routes =
                stores.endpoints().routes(tx, List.of(endpoint.owner())).get(0);
        boolean same = routes.endpoints().stream()
                .anyMatch(one -> one.id().equals(endpoint.id()) && one.version() == endpoint.version());
        return same
                && stores.deliveries()
                        .route(tx, missing, Map.of(endpoint.owner(), routes.version()))
                        .stale()
                        .isEmpty();
    }
}
