package dev.matrix.analytics;

import dev.matrix.analytics.spi.Fact;
import dev.matrix.analytics.spi.FactKey;
import dev.matrix.analytics.spi.FactKind;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what events measure as facts. What several events tell of one thing makes the same facts in every order: a thing's fact is
 * told by its earliest event, and what follows from two events is made by whichever is handled second.
 */
record FactIngest(AnalyticsStores stores) {

    private static final int MOST_NAMES = 100;

    /** Numbers the drafts' words; called before customers are locked. */
    FactNames number(Tx tx, List<FactDraft> drafts, Map<Owner, Integer> customers) {
        TreeMap<String, Integer> own = new TreeMap<>();
        TreeMap<String, Integer> platform = new TreeMap<>();
        for (FactDraft draft : drafts) {
            int customer = EventFollower.number(customers, draft.event());
            Stream.of(draft.meter(), draft.resourceKind(), draft.waste())
                    .filter(word -> word != null)
                    .forEach(word -> own.putIfAbsent(Segment.value(word), customer));
            String partner = partner(draft);
            if (partner != null) {
                platform.put(Segment.value(partner), 0);
            }
        }
        if (!own.isEmpty()) {
            platform.put(Segment.OTHER, 0);
        }
        Map<String, Integer> numbers = new HashMap<>();
        if (!platform.isEmpty()) {
            numbers.putAll(stores.directory().numberNames(tx, platform, Integer.MAX_VALUE));
            numbers.putAll(stores.directory().numberNames(tx, own, MOST_NAMES));
        }
        return new FactNames(numbers, numbers.getOrDefault(Segment.OTHER, 0));
    }

    private static @Nullable String partner(FactDraft draft) {
        return SubscriptionIngest.partner(draft.event().event().visibleTo());
    }

    /** Keeps the facts of locked customers. */
    void add(Tx tx, List<FactDraft> drafts, Map<Owner, Integer> customers, FactNames names) {
        Map<FactKey, Fact> facts = new TreeMap<>();
        for (FactDraft draft : drafts) {
            Fact fact = fact(draft, EventFollower.number(customers, draft.event()), names);
            facts.merge(fact.key(), fact, Fact::merged);
        }
        stores.facts().append(tx, List.copyOf(facts.values()));
        Map<FactKey, Fact> more = new TreeMap<>();
        corrected(tx, facts.values()).forEach(fact -> more.merge(fact.key(), fact, Fact::merged));
        reversed(tx, facts.values()).forEach(fact -> more.merge(fact.key(), fact, Fact::merged));
        if (!more.isEmpty()) {
            stores.facts().append(tx, List.copyOf(more.values()));
        }
    }

    private static Fact fact(FactDraft draft, int customer, FactNames names) {
        Money amount = draft.amount();
        Fact.Builder fact = Fact.builder(
                        new FactKey(draft.kind(), customer, draft.key()),
                        draft.event().event().id(),
                        draft.occurredAt(),
                        draft.event().recordedAt())
                .quantity(draft.quantity())
                .refId(draft.refId())
                .resourceId(draft.resourceId())
                .meter(names.of(draft.meter()))
                .resourceKind(names.of(draft.resourceKind()))
                .partner(names.of(partner(draft)))
                .waste(names.of(draft.waste()))
                .durationMillis(draft.durationMillis())
                .success(draft.success());
        return amount == null
                ? fact.build()
                : fact.amount(amount.currency().code(), FactDraft.minorUnits(amount))
                        .build();
    }

    /** Uses that corrections refer to, whichever of the two came now. */
    private List<Fact> corrected(Tx tx, Collection<Fact> facts) {
        List<FactKey> named = of(facts, fact -> fact.kind() == FactKind.CORRECTION)
                .map(fact -> new FactKey(FactKind.USAGE, fact.customer(), fact.refId()))
                .toList();
        List<String> used = of(facts, fact -> fact.kind() == FactKind.USAGE)
                .map(fact -> fact.key().key())
                .toList();
        List<FactKey> corrected = new ArrayList<>(named);
        if (!used.isEmpty()) {
            stores.facts()
                    .referring(tx, FactKind.CORRECTION, used)
                    .forEach(fact -> corrected.add(new FactKey(FactKind.USAGE, fact.customer(), fact.refId())));
        }
        return corrected.isEmpty()
                ? List.of()
                : stores.facts().find(tx, corrected).stream()
                        .filter(fact -> !fact.corrected())
                        .map(fact -> fact.toBuilder().corrected(true).build())
                        .toList();
    }

    private static Stream<Fact> of(Collection<Fact> facts, Predicate<Fact> wanted) {
        return facts.stream().filter(wanted);
    }

    /** Disputes that were lost before they were won. */
    private List<Fact> reversed(Tx tx, Collection<Fact> facts) {
        List<String> disputes = of(
                        facts, fact -> fact.kind() == FactKind.DISPUTE_LOST || fact.kind() == FactKind.DISPUTE_WON)
                .map(Fact::refId)
                .distinct()
                .toList();
        if (disputes.isEmpty()) {
            return List.of();
        }
        Map<String, List<Fact>> won = stores.facts().referring(tx, FactKind.DISPUTE_WON, disputes).stream()
                .collect(Collectors.groupingBy(FactIngest::thing));
        List<Fact> reversed = new ArrayList<>();
        for (Fact lost : stores.facts().referring(tx, FactKind.DISPUTE_LOST, disputes)) {
            won.getOrDefault(thing(lost), List.of()).stream()
                    .filter(fact -> fact.occurredAt().isAfter(lost.occurredAt()))
                    .min(Comparator.comparing(Fact::occurredAt).thenComparing(Fact::eventId))
                    .ifPresent(fact -> reversed.add(reversed(lost, fact)));
        }
        return reversed;
    }

    private static String thing(Fact fact) {
        return fact.customer() + " " + fact.refId();
    }

    private static Fact reversed(Fact lost, Fact won) {
        Instant known = lost.recordedAt().isAfter(won.recordedAt()) ? lost.recordedAt() : won.recordedAt();
        return Fact.builder(
                        new FactKey(FactKind.DISPUTE_REVERSED, lost.customer(), lost.refId()),
                        won.eventId(),
                        won.occurredAt(),
                        known)
                .amount(lost.currency(), lost.amount())
                .refId(lost.refId())
                .partner(lost.partner())
                .build();
    }
}
