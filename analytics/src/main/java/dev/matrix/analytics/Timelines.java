package dev.matrix.analytics;

import dev.matrix.analytics.MrrPolicy.ChurnAt;
import dev.matrix.analytics.MrrPolicy.PastDue;
import dev.matrix.core.event.payload.Discount;
import dev.matrix.core.event.payload.SubscriptionItem;
import dev.matrix.core.event.payload.SubscriptionState;
import dev.matrix.core.event.payload.SubscriptionStatus;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A customer's MRR over time, from the versions of all its subscriptions. The order in which these are given makes no difference.
 */
record Timelines(Pricing pricing) {

    /** What is to happen then or later is never to happen; some platforms write such dates for "no end". */
    private static final Instant NEVER = Instant.parse("9000-01-01T00:00:00Z");

    private static final Step NOTHING = new Step(Instant.MIN, Map.of(), false);

    /**
     * From an instant on.
     *
     * @param parts by slice, each above zero
     * @param live whether any subscription is active, past due or paused
     */
    record Step(Instant from, Map<Slice, BigInteger> parts, boolean live) {

        boolean paying() {
            return !parts.isEmpty();
        }

        private boolean sameAs(Step other) {
            return live == other.live && parts.equals(other.parts);
        }
    }

    /** In time order, without repetitions; the first begins at {@link Instant#MIN}. */
    List<Step> of(List<SubscriptionVersion> versions) {
        Map<String, List<SubscriptionVersion>> bySubscription = new TreeMap<>();
        versions.forEach(version -> bySubscription
                .computeIfAbsent(version.terms().subscription(), id -> new ArrayList<>())
                .add(version));
        List<List<Step>> all = bySubscription.values().stream().map(this::one).toList();
        return all.size() == 1 ? all.get(0) : merged(all);
    }

    private List<Step> one(List<SubscriptionVersion> versions) {
        versions.sort(SubscriptionVersion.ORDER);
        List<Step> steps = new ArrayList<>(List.of(NOTHING));
        for (int i = 0; i < versions.size(); i++) {
            Terms terms = versions.get(i).terms();
            Instant from = terms.state().effectiveAt();
            Instant to = i + 1 < versions.size()
                    ? versions.get(i + 1).terms().state().effectiveAt()
                    : Instant.MAX;
            if (from.isBefore(to)) {
                changes(terms, from, to).forEach(at -> add(steps, at(terms, at)));
            }
        }
        return steps;
    }

    /** When a version's worth may change while it holds. */
    private TreeSet<Instant> changes(Terms terms, Instant from, Instant to) {
        TreeSet<Instant> at = new TreeSet<>();
        at.add(from);
        List<@Nullable Instant> more = new ArrayList<>();
        more.add(end(terms));
        terms.state().discounts().stream().map(Discount::endsAt).forEach(more::add);
        for (SubscriptionItem item : terms.state().items()) {
            item.discounts().stream().map(Discount::endsAt).forEach(more::add);
        }
        for (Instant each : more) {
            if (each != null && each.isAfter(from) && each.isBefore(to) && each.isBefore(NEVER)) {
                at.add(each);
            }
        }
        return at;
    }

    /** When it stops counting; null: not as far as is known. */
    private @Nullable Instant end(Terms terms) {
        SubscriptionState state = terms.state();
        Instant cancelledAt = terms.cancelledAt();
        if (cancelledAt != null && pricing.policy().churnAt() == ChurnAt.CANCELLATION) {
            return cancelledAt;
        }
        if (terms.endsAt() != null) {
            return terms.endsAt();
        }
        return state.endedAt() != null ? state.endedAt() : state.cancelAt();
    }

    private Step at(Terms terms, Instant at) {
        Instant end = end(terms);
        if (end != null && !at.isBefore(end)) {
            return new Step(at, Map.of(), false);
        }
        // A cancelled subscription is used, and paid for, until its end.
        SubscriptionStatus status = terms.state().status();
        boolean counts = switch (status) {
            case ACTIVE -> true;
            case PAST_DUE -> pricing.policy().pastDue() == PastDue.INCLUDED;
            case CANCELLED -> end != null;
            case TRIALING, PAUSED, UNPAID -> false;
        };
        boolean live = switch (status) {
            case ACTIVE, PAST_DUE, PAUSED -> true;
            case CANCELLED -> end != null;
            case TRIALING, UNPAID -> false;
        };
        return new Step(at, counts ? pricing.parts(terms, at) : Map.of(), live);
    }

    private static void add(List<Step> steps, Step next) {
        if (!steps.get(steps.size() - 1).sameAs(next)) {
            steps.add(next);
        }
    }

    private static List<Step> merged(List<List<Step>> all) {
        TreeMap<Instant, List<Integer>> changes = new TreeMap<>();
        int[] next = new int[all.size()];
        for (int i = 0; i < all.size(); i++) {
            for (Step step : all.get(i)) {
                changes.computeIfAbsent(step.from(), at -> new ArrayList<>()).add(i);
            }
        }
        Step[] current = new Step[all.size()];
        List<Step> steps = new ArrayList<>(List.of(NOTHING));
        Map<Slice, BigInteger> sum = new HashMap<>();
        int live = 0;
        for (Map.Entry<Instant, List<Integer>> change : changes.entrySet()) {
            for (int i : change.getValue()) {
                Step former = current[i] == null ? NOTHING : current[i];
                current[i] = all.get(i).get(next[i]++);
                former.parts().forEach((slice, parts) -> add(sum, slice, parts.negate()));
                current[i].parts().forEach((slice, parts) -> add(sum, slice, parts));
                live += (current[i].live() ? 1 : 0) - (former.live() ? 1 : 0);
            }
            add(steps, new Step(change.getKey(), new TreeMap<>(sum), live > 0));
        }
        return steps;
    }

    private static void add(Map<Slice, BigInteger> sum, Slice slice, BigInteger parts) {
        sum.merge(slice, parts, (former, more) -> {
            BigInteger added = former.add(more);
            return added.signum() == 0 ? null : added;
        });
    }
}
