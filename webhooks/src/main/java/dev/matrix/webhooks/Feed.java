package dev.matrix.webhooks;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.StorageException;
import dev.matrix.core.event.spi.EventRow;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.spi.DeliveryRow;
import dev.matrix.webhooks.spi.EndpointShare;
import dev.matrix.webhooks.spi.EndpointStore.Loaded;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the lanes supplied: leases, and the due rows with their events, read without locks. */
final class Feed implements Step {

    static final String NAME = "webhooks.feed";

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    private static final Duration POLL = Duration.ofMillis(50);

    /** How long an endpoint rests that this node can't make requests for. */
    private static final Duration UNFIT_FOR = Duration.ofMinutes(1);

    private static final int FIRST_PORTION = 64;
    private static final int LARGEST_PORTION = 1_000;

    /** The longest pause between looks: what another node has committed for an endpoint that is busy is seen by them alone. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    /** How many times as long as a read the pause after it is, so that a busy database isn't kept busier. */
    private static final int PAUSE = 4;

    /** What one read of the store shows of the lanes that want rows. */
    private record Haul(
            InHand inHand,
            Map<String, Loaded> endpoints,
            Map<String, EndpointShare> shares,
            List<DeliveryRow> rows,
            Set<String> retrying,
            Map<String, EventRow> events,
            Set<String> beyond) {

        /** Whether there was no room for it. */
        boolean isBeyond(DeliveryRow row) {
            return beyond.contains(row.delivery().id());
        }

        boolean isFree(Delivery delivery) {
            return Feed.isFree(delivery, inHand, shares);
        }

        boolean isRetrying(String endpointId) {
            return retrying.contains(endpointId);
        }

        /** Whether an endpoint got as many rows as it asked for, so that there may be more. */
        boolean isFull(String endpointId, int got) {
            EndpointShare share = shares.get(endpointId);
            return share != null && got >= share.limit();
        }
    }

    private final WebhookStores stores;
    private final Leasing leasing;
    private final Lanes lanes;
    private final EndpointForm form;
    private final Requests requests;
    private final TestEvents tests;
    private final String stripeHeader;
    private final InstantSource clock;
    private final Runnable ready;

    /** @param ready told each time that lanes may have something to send, or may again */
    Feed(
            WebhookStores stores,
            Leasing leasing,
            Lanes lanes,
            EndpointForm form,
            Requests requests,
            TestEvents tests,
            String stripeHeader,
            InstantSource clock,
            Runnable ready) {
        this.stores = stores;
        this.leasing = leasing;
        this.lanes = lanes;
        this.form = form;
        this.requests = requests;
        this.tests = tests;
        this.stripeHeader = stripeHeader;
        this.clock = clock;
        this.ready = ready;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Instant run(Instant now) {
        boolean more = leasing.run(now);
        List<Lane> hungry = lanes.hungry(now);
        if (!hungry.isEmpty()) {
            more |= fetch(hungry, now);
        }
        ready.run();
        return more ? now : now.plus(POLL);
    }

    /** Reads rows for these lanes; true when one of them wants more at once. */
    private boolean fetch(List<Lane> hungry, Instant now) {
        try {
            return fetchAll(hungry, now);
        } finally {
            lanes.endReads(hungry);
        }
    }

    private boolean fetchAll(List<Lane> hungry, Instant now) {
        Haul haul = stores.transactions().returning(tx -> haul(tx, hungry, now));
        Instant read = clock.instant();
        Duration pause = pause(Duration.between(now, read));
        Map<String, List<DeliveryRow>> byEndpoint = haul.rows().stream()
                .collect(Collectors.groupingBy(row -> row.delivery().endpointId()));
        boolean more = false;
        for (Lane lane : hungry) {
            Loaded seen = haul.endpoints().get(lane.id());
            if (seen == null || seen.row().status() == EndpointStatus.DISABLED) {
                endAll(lane, now);
            } else {
                List<DeliveryRow> rows = byEndpoint.getOrDefault(lane.id(), List.of());
                more |= supply(lane, seen, rows, haul, read, pause);
            }
        }
        return more;
    }

    /**
     * What can't be opened or made of an endpoint concerns that alone: a setting or a type that this node is too old for, a sealed
     * text that is broken. It rests for a while, after which another node may have a try.
     */
    private boolean supply(Lane lane, Loaded seen, List<DeliveryRow> rows, Haul haul, Instant read, Duration pause) {
        Target target;
        Fetched fetched;
        try {
            target = target(lane, seen);
            List<Ready> ready = ready(lane, target, rows, haul, read);
            boolean full = haul.isFull(lane.id(), rows.size()) || rows.stream().anyMatch(haul::isBeyond);
            fetched = new Fetched(ready, full, haul.isRetrying(lane.id()));
        } catch (StorageException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("Endpoint {} can't be sent to by this node; it is tried again in {}.", lane.id(), UNFIT_FOR, e);
            lanes.fail(lane, read.plus(UNFIT_FOR));
            return false;
        }
        return lanes.supply(lane, target, fetched, read, pause);
    }

    private static Duration pause(Duration look) {
        Duration pause = look.multipliedBy(PAUSE);
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            return LONGEST_PAUSE;
        }
        return pause.compareTo(POLL) > 0 ? pause : POLL;
    }

    private Haul haul(Tx tx, List<Lane> hungry, Instant now) {
        lanes.look(hungry);
        Map<String, Loaded> loaded = new HashMap<>();
        List<String> ids = hungry.stream().map(Lane::id).toList();
        stores.endpoints()
                .load(tx, ids, now)
                .forEach(one -> loaded.put(one.row().id(), one));
        // As late as can be: what is handed over before this is not read, what is handed over after it may be.
        InHand inHand = lanes.inHand(hungry);
        Map<String, EndpointShare> shares = new LinkedHashMap<>();
        for (Lane lane : hungry) {
            Loaded seen = loaded.get(lane.id());
            if (seen != null && seen.row().status() == EndpointStatus.ACTIVE) {
                Ordering ordering = ordering(lane, seen);
                if (ordering != null) {
                    shares.put(lane.id(), lanes.share(lane, ordering, inHand));
                }
            }
        }
        List<DeliveryRow> rows =
                shares.isEmpty() ? List.of() : stores.deliveries().due(tx, List.copyOf(shares.values()), now);
        List<String> mayRetry = lanes.mayRetry(hungry);
        Set<String> retrying =
                mayRetry.isEmpty() ? Set.of() : stores.deliveries().retrying(tx, mayRetry);
        List<DeliveryRow> wanted = rows.stream()
                .filter(row -> row.delivery().trigger() != Trigger.TEST && isFree(row.delivery(), inHand, shares))
                .toList();
        Map<String, EventRow> events = new HashMap<>();
        Set<String> beyond = load(tx, inTurn(wanted), events);
        return new Haul(inHand, loaded, shares, rows, retrying, events, beyond);
    }

    /** The first of each endpoint, then the second of each, and so on. */
    private static List<DeliveryRow> inTurn(List<DeliveryRow> rows) {
        Map<String, Integer> places = new HashMap<>();
        SortedMap<Integer, List<DeliveryRow>> turns = new TreeMap<>();
        for (DeliveryRow row : rows) {
            int place = places.merge(row.delivery().endpointId(), 1, Integer::sum);
            turns.computeIfAbsent(place, absent -> new ArrayList<>()).add(row);
        }
        return turns.values().stream().flatMap(List::stream).toList();
    }

    /**
     * Reads these deliveries' events, as long as there is room for their bodies: a few first, then as many as would fit if they
     * were all as large as the largest so far. An endpoint that there is no room for waits with all that follows.
     *
     * @return ids of the deliveries that there was no room for
     */
    private Set<String> load(Tx tx, List<DeliveryRow> rows, Map<String, EventRow> events) {
        Shares room = lanes.room();
        Set<String> beyond = new HashSet<>();
        Set<String> waiting = new HashSet<>();
        int largest = 1;
        int portion = FIRST_PORTION;
        for (int from = 0; from < rows.size(); ) {
            List<DeliveryRow> part = rows.subList(from, Math.min(rows.size(), from + portion));
            Set<String> ids = part.stream()
                    .map(DeliveryRow::delivery)
                    .filter(delivery -> !waiting.contains(delivery.endpointId()))
                    .map(Delivery::eventId)
                    .collect(Collectors.toCollection(TreeSet::new));
            ids.removeAll(events.keySet());
            if (!ids.isEmpty()) {
                stores.events().load(tx, ids).forEach(event -> events.put(event.id(), event));
            }
            for (DeliveryRow row : part) {
                String endpoint = row.delivery().endpointId();
                EventRow event = events.get(row.delivery().eventId());
                int size = event == null || event.payload() == null ? 0 : event.payload().length;
                largest = Math.max(largest, size);
                if (waiting.contains(endpoint) || !room.take(row.owner(), endpoint, size)) {
                    waiting.add(endpoint);
                    beyond.add(row.delivery().id());
                }
            }
            from += part.size();
            portion = (int) Math.max(1, Math.min(LARGEST_PORTION, room.left() / largest));
        }
        return beyond;
    }

    private static boolean isFree(Delivery delivery, InHand inHand, Map<String, EndpointShare> shares) {
        EndpointShare share = shares.get(delivery.endpointId());
        return share != null && !(share.perSubject() && inHand.holdsUp(delivery));
    }

    /** Null where the settings can't be read, as {@link #target} will say. */
    private @Nullable Ordering ordering(Lane lane, Loaded seen) {
        Target known = lane.target();
        try {
            return known != null && known.isStill(seen)
                    ? known.settings().ordering()
                    : form.settings(seen.row()).ordering();
        } catch (RuntimeException e) {
            return null;
        }
    }

    private Target target(Lane lane, Loaded seen) {
        Target known = lane.target();
        return known != null && known.isStill(seen) ? known : Target.open(seen, form, stripeHeader);
    }

    private List<Ready> ready(Lane lane, Target target, List<DeliveryRow> rows, Haul haul, Instant now) {
        BodyStyle style = target.settings().body();
        List<Ready> free = new ArrayList<>();
        for (DeliveryRow row : rows) {
            if (haul.isFree(row.delivery()) && !haul.isBeyond(row)) {
                boolean test = row.delivery().trigger() == Trigger.TEST;
                EventRow event = test
                        ? tests.event(row, style)
                        : haul.events().get(row.delivery().eventId());
                byte[] payload = event == null ? null : event.payload();
                if (event == null || payload == null) {
                    expire(lane, row, requireNonNull(EndReason.ofMissing(event)), now);
                } else {
                    free.add(new Ready(row, requests.body(event, payload, test ? BodyStyle.FULL : style), now));
                }
            }
        }
        return free;
    }

    private void expire(Lane lane, DeliveryRow row, EndReason reason, Instant now) {
        stores.transactions()
                .inTransaction(tx -> stores.deliveries()
                        .endOpen(tx, lane.id(), row.delivery().id(), reason, now, 1));
    }

    /** An endpoint that is DISABLED or gone gets nothing; what is open for it ends here, a bounded piece per run. */
    private void endAll(Lane lane, Instant now) {
        lanes.empty(lane);
        stores.transactions()
                .inTransaction(tx -> stores.deliveries()
                        .endOpen(tx, lane.id(), null, EndReason.ENDPOINT, now, EndpointChanges.ENDED_AT_ONCE));
    }

    @Override
    public void finish(Instant now) {
        leasing.releaseAll(now);
    }
}
