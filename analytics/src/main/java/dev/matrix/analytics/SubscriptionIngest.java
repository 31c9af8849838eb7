package dev.matrix.analytics;

import dev.matrix.analytics.spi.RollupRow;
import dev.matrix.analytics.spi.VersionRow;
import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.event.payload.SubscriptionCancelled;
import dev.matrix.core.event.payload.SubscriptionCreated;
import dev.matrix.core.event.payload.SubscriptionUpdated;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts subscription events: keeps them as versions, and adds to the rollups what the touched customers make now, less what they
 * made before. An event that is told again changes nothing.
 */
final class SubscriptionIngest {

    private static final Duration FARTHEST = Duration.ofDays(3_653);

    private final AnalyticsStores stores;
    private final Settings settings;
    private final Versions versions;
    private final Timelines timelines;
    private final CustomerCells cells;

    /** What one event says. */
    record Draft(StoredEvent event, Terms terms, Set<Segment> segments) {}

    SubscriptionIngest(AnalyticsStores stores, Settings settings, Versions versions) {
        this.stores = stores;
        this.settings = settings;
        this.versions = versions;
        this.timelines = settings.timelines();
        this.cells = settings.cells();
    }

    /**
     * Reads an event.
     *
     * @throws Rejection if it can't be counted
     */
    Draft draft(StoredEvent event) {
        Terms terms = terms(event);
        return new Draft(event, terms, check(event, terms));
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

    static @Nullable String partner(List<Owner> visibleTo) {
        return visibleTo.stream()
                .filter(owner -> owner.type() == Owner.Type.PARTNER && !owner.equals(Owner.platform()))
                .map(Owner::id)
                .findFirst()
                .orElse(null);
    }

    /**
     * Prices the version alone, over all of its time; whatever can't be counted is found here. How far ahead is too far goes by
     * when the log recorded it, so that a replay finds the same.
     */
    private Set<Segment> check(StoredEvent event, Terms terms) {
        Instant latest = event.recordedAt().plus(FARTHEST);
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

    /** Numbers the drafts' segments; called before anything is locked. Former versions' segments were numbered with those. */
    void number(Tx tx, List<Draft> drafts) {
        Set<Segment> segments =
                drafts.stream().flatMap(draft -> draft.segments().stream()).collect(Collectors.toSet());
        RollupRows.numbering(
                tx, stores.directory(), segments, settings.dimensions().size());
    }

    /** Counts drafts, with their customers locked and their segments numbered. */
    void add(Tx tx, List<Draft> drafts, Map<Owner, Integer> customers) {
        Set<Integer> numbers = drafts.stream()
                .map(draft -> EventFollower.number(customers, draft.event()))
                .collect(Collectors.toSet());
        Map<Integer, List<SubscriptionVersion>> former =
                versions.byCustomer(stores.timelines().versions(tx, numbers));
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
            int customer = EventFollower.number(customers, draft.event());
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
