package dev.matrix.analytics;

import dev.matrix.analytics.spi.RollupRow;
import dev.matrix.analytics.spi.VersionRow;
import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.event.SubscriberPolicy;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.SubscriptionCancelled;
import dev.matrix.core.event.payload.SubscriptionCreated;
import dev.matrix.core.event.payload.SubscriptionUpdated;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the subscription events of the log. In one transaction it keeps them as versions and adds to the rollups what the touched
 * customers make now, less what they made before. It locks in one order, the settings' row, the counters of numbers, the customers,
 * the rollups, so that two nodes never wait in a circle. An event that is delivered again changes nothing.
 */
final class SubscriptionFollower implements EventSubscriber.Transactional {

    static final String NAME = "analytics";

    private static final Set<EventPattern> INTERESTS = Stream.of(
                    EventTypes.SUBSCRIPTION_CREATED, EventTypes.SUBSCRIPTION_UPDATED, EventTypes.SUBSCRIPTION_CANCELLED)
            .map(type -> new EventPattern(type.name()))
            .collect(Collectors.toUnmodifiableSet());
    private static final Duration FARTHEST = Duration.ofDays(3_653);

    private final AnalyticsStores stores;
    private final Settings settings;
    private final Gate gate;
    private final Versions versions;
    private final InstantSource clock;
    private final SubscriberPolicy policy;
    private final Timelines timelines;
    private final CustomerCells cells;

    private record Draft(StoredEvent event, Terms terms) {}

    SubscriptionFollower(
            AnalyticsStores stores,
            Settings settings,
            Gate gate,
            Versions versions,
            InstantSource clock,
            SubscriberPolicy policy) {
        this.stores = stores;
        this.settings = settings;
        this.gate = gate;
        this.versions = versions;
        this.clock = clock;
        this.policy = policy;
        this.timelines = settings.timelines();
        this.cells = settings.cells();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<EventPattern> interests() {
        return INTERESTS;
    }

    @Override
    public SubscriberPolicy policy() {
        return policy;
    }

    @Override
    public void handle(Tx tx, List<StoredEvent> events) {
        gate.share(tx);
        Instant latest = clock.instant().plus(FARTHEST);
        List<Draft> drafts = new ArrayList<>();
        Set<Segment> segments = new HashSet<>();
        for (StoredEvent event : events) {
            try {
                Terms terms = terms(event);
                segments.addAll(check(event, terms, latest));
                drafts.add(new Draft(event, terms));
            } catch (Rejection rejection) {
                stores.timelines().reject(tx, event.event().id(), rejection.reason(), event.recordedAt());
            }
        }
        if (!drafts.isEmpty()) {
            add(tx, drafts, segments);
        }
    }

    private static Terms terms(StoredEvent event) {
        EventPayload payload = event.event().payload();
        String partner = partner(event.event().visibleTo());
        if (payload instanceof SubscriptionCancelled cancelled) {
            return new Terms(cancelled.id(), cancelled.state(), cancelled.cancelledAt(), cancelled.endsAt(), partner);
        }
        if (payload instanceof SubscriptionUpdated updated) {
            return new Terms(updated.id(), updated.state(), null, null, partner);
        }
        SubscriptionCreated created = (SubscriptionCreated) payload;
        return new Terms(created.id(), created.state(), null, null, partner);
    }

    private static @Nullable String partner(List<Owner> visibleTo) {
        return visibleTo.stream()
                .filter(owner -> owner.type() == Owner.Type.PARTNER && !owner.equals(Owner.platform()))
                .map(Owner::id)
                .findFirst()
                .orElse(null);
    }

    /** Prices the version alone, over all of its time; whatever can't be counted is found here. */
    private Set<Segment> check(StoredEvent event, Terms terms, Instant latest) {
        Instant effectiveAt = terms.state().effectiveAt();
        if (effectiveAt.isBefore(Instant.EPOCH) || effectiveAt.isAfter(latest)) {
            throw new Rejection(Rejection.OUT_OF_RANGE);
        }
        SubscriptionVersion version = new SubscriptionVersion(event.event().id(), 0, event.recordedAt(), terms);
        return timelines.of(List.of(version)).stream()
                .flatMap(step -> step.parts().keySet().stream())
                .map(Slice::segment)
                .collect(Collectors.toSet());
    }

    private void add(Tx tx, List<Draft> drafts, Set<Segment> segments) {
        TreeSet<Owner> owners = drafts.stream()
                .map(draft -> draft.event().event().owner())
                .collect(Collectors.toCollection(TreeSet::new));
        Map<Owner, Integer> customers = stores.directory().numberCustomers(tx, owners);
        // Former versions may have segments that are not among these; they were numbered with those.
        RollupRows.numbering(
                tx, stores.directory(), segments, settings.dimensions().size());
        stores.timelines().lockCustomers(tx, new TreeSet<>(customers.values()));
        Map<Integer, List<SubscriptionVersion>> former =
                versions.byCustomer(stores.timelines().versions(tx, customers.values()));
        List<SubscriptionVersion> added = insert(tx, drafts, customers);
        Map<CellKey, Amounts> changes = changes(former, added);
        Set<Segment> touched =
                changes.keySet().stream().map(key -> key.slice().segment()).collect(Collectors.toSet());
        List<RollupRow> rows = RollupRows.numbering(
                        tx, stores.directory(), touched, settings.dimensions().size())
                .of(changes);
        if (!rows.isEmpty()) {
            stores.rollups().add(tx, rows);
        }
    }

    private List<SubscriptionVersion> insert(Tx tx, List<Draft> drafts, Map<Owner, Integer> customers) {
        Map<String, SubscriptionVersion> drafted = new TreeMap<>();
        for (Draft draft : drafts) {
            String id = draft.event().event().id();
            Integer customer = customers.get(draft.event().event().owner());
            if (customer == null) {
                throw new IllegalStateException("The directory left out a customer that it was to number.");
            }
            drafted.put(id, new SubscriptionVersion(id, customer, draft.event().recordedAt(), draft.terms()));
        }
        List<VersionRow> rows = drafted.values().stream().map(versions::row).toList();
        Set<String> inserted = stores.timelines().insertVersions(tx, rows);
        return drafted.values().stream()
                .filter(version -> inserted.contains(version.eventId()))
                .toList();
    }

    private Map<CellKey, Amounts> changes(
            Map<Integer, List<SubscriptionVersion>> former, Collection<SubscriptionVersion> added) {
        Map<Integer, List<SubscriptionVersion>> more = new HashMap<>();
        added.forEach(version -> more.computeIfAbsent(version.customer(), customer -> new ArrayList<>())
                .add(version));
        Map<CellKey, Amounts> changes = new TreeMap<>();
        more.forEach((customer, own) -> {
            List<SubscriptionVersion> before = former.getOrDefault(customer, List.of());
            List<SubscriptionVersion> after = new ArrayList<>(before);
            after.addAll(own);
            LocalDate from =
                    own.stream().map(cells::day).min(LocalDate::compareTo).orElse(LocalDate.MIN);
            cells.of(after, from).forEach((key, amounts) -> changes.merge(key, amounts, Amounts::plus));
            cells.of(before, from).forEach((key, amounts) -> changes.merge(key, amounts.negated(), Amounts::plus));
        });
        changes.values().removeIf(Amounts::isZero);
        return changes;
    }
}
