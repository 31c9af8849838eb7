package dev.matrix.analytics.cost;

import dev.matrix.analytics.cost.spi.Assignment;
import dev.matrix.analytics.cost.spi.PlanCatalog;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds the plan that a subscription's bill is replayed on, or says why there is none. */
record SubscriptionPricing(PlanCatalog catalog, Owner owner, Instant now, Map<String, Plan> plans) {

    /** What can be replayed; what can't goes to the diagnostics. */
    Optional<BilledSubscription> price(KnownSubscription known, Consumer<Diagnostic> notJudged) {
        if (!known.isBilled()) {
            return refuse(known, notJudged, Reason.CONSTRAINT, "is " + word(known) + ", so it has no usual bill");
        }
        Optional<Assignment> assigned = catalog.assignment(owner, known.id(), now);
        List<String> named = known.state().items().stream()
                .map(item -> item.plan())
                .distinct()
                .toList();
        String id = assigned.map(Assignment::planId)
                .orElseGet(() ->
                        named.stream().filter(plans::containsKey).findFirst().orElse(""));
        Plan plan = plans.get(id);
        if (plan == null) {
            return refuse(
                    known,
                    notJudged,
                    Reason.NO_PRICE,
                    "has no plan of the catalogue among " + (assigned.isPresent() ? List.of(id) : named));
        }
        Optional<String> beside = assigned.isPresent() ? Optional.empty() : known.termsBeside(plan);
        if (beside.isPresent()) {
            return refuse(
                    known,
                    notJudged,
                    Reason.CONSTRAINT,
                    "isn't billed as plan " + id + " says: " + beside.get()
                            + ". Give its terms by an Assignment to a plan of its own");
        }
        if (known.periods().isEmpty()) {
            return refuse(
                    known,
                    notJudged,
                    Reason.INSUFFICIENT_DATA,
                    "has no complete billing month in the window" + leftOut(known));
        }
        BilledSubscription billed = new BilledSubscription(
                known.id(),
                List.of(plan),
                known.periods(),
                known.waste(),
                leaving(plan, assigned),
                known.endsAt(),
                Money.zero(plan.currency()),
                Money.zero(plan.currency()));
        List<String> unpriced = billed.unpricedOn(plan).stream().sorted().toList();
        return unpriced.isEmpty()
                ? Optional.of(billed)
                : refuse(
                        known,
                        notJudged,
                        Reason.NO_PRICE,
                        "uses " + String.join(", ", unpriced) + ", for which its plan " + id
                                + " has no price; that is not the price 0");
    }

    private static String word(KnownSubscription known) {
        return known.state().status().name().toLowerCase(Locale.ROOT);
    }

    private static String leftOut(KnownSubscription known) {
        return known.leftOut() == 0
                ? ""
                : "; " + known.leftOut() + " are left out, as they aren't closed or recording began within them";
    }

    private static Optional<BilledSubscription> refuse(
            KnownSubscription known, Consumer<Diagnostic> notJudged, Reason reason, String why) {
        notJudged.accept(
                new Diagnostic(TierRule.NAME, known.id(), reason, "Subscription " + known.id() + " " + why + "."));
        return Optional.empty();
    }

    private Money leaving(Plan plan, Optional<Assignment> assigned) {
        Money none = Money.zero(plan.currency());
        Instant end = assigned.map(Assignment::contractEnd).orElse(null);
        Money fee = assigned.map(Assignment::exitFee).orElse(null);
        Money rest = end == null || !end.isAfter(now) ? none : monthlyFees(plan, end);
        return fee == null ? rest : rest.plus(fee);
    }

    /** The base fees of the contract's months that have not begun; a month that has begun counts whole. */
    private Money monthlyFees(Plan plan, Instant end) {
        long months = ChronoUnit.MONTHS.between(now.atZone(ZoneOffset.UTC), end.atZone(ZoneOffset.UTC)) + 1;
        Money sum = Money.zero(plan.currency());
        for (long month = 0; month < months; month++) {
            sum = sum.plus(plan.feeOf(month));
        }
        return sum;
    }
}
