package dev.matrix.analytics.cost;

import dev.matrix.analytics.cost.spi.CostContext;
import dev.matrix.analytics.cost.spi.Finding;
import dev.matrix.analytics.cost.spi.ResourceLimits;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Another plan: the one that would have been the cheapest over all replayed months together. It is LOW confidence unless it is
 * cheaper in two thirds of the months and in the three that are forecast.
 *
 * @param minimumMonths how many complete billing months it takes
 * @param expiry how soon leaving the present plan must have paid for itself
 */
record TierRule(ResourceLimits limits, int minimumMonths, Duration expiry) implements ShippedRule {

    static final String NAME = "tier";

    private static final BigDecimal WORTH_SWITCHING = new BigDecimal("0.9");
    private static final long SECONDS_OF_A_MONTH = 2_629_800;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RecommendationType type() {
        return RecommendationType.TIER;
    }

    private record Candidate(Plan plan, List<Money> bills, Money total) {}

    @Override
    public List<Finding> examine(CostContext context, Consumer<Diagnostic> notJudged) {
        List<Finding> found = new ArrayList<>();
        Set<String> features = limits.required(context.owner(), null);
        for (BilledSubscription subscription : context.subscriptions()) {
            int months = subscription.periods().size();
            if (months < minimumMonths) {
                notJudged.accept(new Diagnostic(
                        NAME,
                        subscription.id(),
                        Reason.INSUFFICIENT_DATA,
                        "Subscription " + subscription.id() + " has " + months
                                + " complete billing months; another plan" + " is judged from " + minimumMonths
                                + " on."));
                continue;
            }
            examine(context, subscription, features, notJudged, found);
        }
        return found;
    }

    private void examine(
            CostContext context,
            BilledSubscription subscription,
            Set<String> features,
            Consumer<Diagnostic> notJudged,
            List<Finding> found) {
        List<Candidate> candidates = new ArrayList<>();
        for (Plan plan : context.plans()) {
            if (!plan.id().equals(subscription.plan().id()) && plan.open()) {
                Optional<Diagnostic> obstacle = obstacle(plan, subscription, features);
                obstacle.ifPresent(notJudged);
                if (obstacle.isEmpty()) {
                    List<Money> bills = subscription.bills(plan);
                    candidates.add(new Candidate(plan, bills, sum(bills)));
                }
            }
        }
        Money current = subscription.total();
        candidates.stream()
                .min(Comparator.comparing(Candidate::total)
                        .thenComparing(candidate -> candidate.plan().id()))
                .filter(best -> best.total().plus(subscription.leaving()).compareTo(current) < 0)
                .ifPresent(best -> change(context, subscription, best, notJudged, found));
        switching(subscription, candidates).ifPresent(found::add);
    }

    private static Money sum(List<Money> bills) {
        return bills.stream().reduce(Money::plus).orElseThrow();
    }

    private static Optional<Diagnostic> obstacle(Plan plan, BilledSubscription subscription, Set<String> features) {
        Set<String> unpriced = new TreeSet<>();
        Set<String> over = new TreeSet<>();
        for (PeriodUsage usage : subscription.periods()) {
            RatedBill bill = Rating.rate(plan, usage);
            unpriced.addAll(bill.unpriced());
            over.addAll(bill.overCap());
        }
        if (!unpriced.isEmpty()) {
            return Optional.of(new Diagnostic(
                    NAME,
                    plan.id(),
                    Reason.NO_PRICE,
                    "Plan " + plan.id() + " has no price for " + String.join(", ", unpriced) + ", which subscription "
                            + subscription.id() + " uses; that is not the price 0."));
        }
        if (!over.isEmpty()) {
            return Optional.of(new Diagnostic(
                    NAME,
                    plan.id(),
                    Reason.CONSTRAINT,
                    "Plan " + plan.id() + " allows less of " + String.join(", ", over) + " than subscription "
                            + subscription.id() + " used in at least one month."));
        }
        Set<String> missing = new TreeSet<>(features);
        missing.removeAll(plan.features());
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(new Diagnostic(
                        NAME,
                        plan.id(),
                        Reason.CONSTRAINT,
                        "Plan " + plan.id() + " lacks " + String.join(", ", missing) + ", which is needed."));
    }

    private void change(
            CostContext context,
            BilledSubscription subscription,
            Candidate best,
            Consumer<Diagnostic> notJudged,
            List<Finding> found) {
        LocalDate paysFrom = paysFrom(context, subscription, best);
        Money leaving = subscription.leaving();
        boolean late = paysFrom.isAfter(LocalDate.ofInstant(context.now().plus(expiry), ZoneOffset.UTC));
        boolean afterTheEnd = subscription.endsAt() != null
                && !paysFrom.isBefore(LocalDate.ofInstant(subscription.endsAt(), ZoneOffset.UTC));
        if (late || afterTheEnd) {
            notJudged.accept(new Diagnostic(
                    NAME,
                    subscription.id(),
                    Reason.CONSTRAINT,
                    "Plan " + best.plan().id() + " would be cheaper, but leaving plan "
                            + subscription.plan().id() + " costs " + leaving + ", which pays for itself on " + paysFrom
                            + " only."));
            return;
        }
        int months = subscription.periods().size();
        List<Money> bills = subscription.bills();
        long cheaper = IntStream.range(0, months)
                .filter(i -> best.bills().get(i).compareTo(bills.get(i)) < 0)
                .count();
        boolean mostly = 3 * cheaper >= 2L * months;
        boolean ahead = Outlook.of(subscription)
                .map(next -> Rating.rate(best.plan(), next)
                                .total()
                                .compareTo(
                                        Rating.rate(subscription.plan(), next).total())
                        < 0)
                .orElse(true);
        Money before = subscription.total();
        Money after = best.total().plus(leaving);
        Map<String, BigDecimal> figures = new HashMap<>(Map.of(
                "currentTotal", before.amount(),
                "projectedTotal", after.amount(),
                "leaving", leaving.amount(),
                "months", BigDecimal.valueOf(months),
                "monthsCheaper", BigDecimal.valueOf(cheaper)));
        for (int i = 0; i < months; i++) {
            figures.put("current." + (i + 1), bills.get(i).amount());
            figures.put("projected." + (i + 1), best.bills().get(i).amount());
        }
        BigDecimal even = BreakEven.of(subscription, best.plan());
        if (even != null) {
            figures.put("breakEven", even);
        }
        String doubt = (mostly ? "" : " It is cheaper in " + cheaper + " of the months only.")
                + (ahead ? "" : " The next three months, as forecast, would cost more.");
        Evidence evidence = Evidence.of(
                NAME,
                "The last " + months + " months cost " + before + " on plan "
                        + subscription.plan().id() + " and " + after + " on plan "
                        + best.plan().id() + ", rated with what was really used." + doubt,
                WasteRule.span(subscription),
                months,
                figures,
                subscription.id());
        found.add(new Finding(
                subscription.id(),
                new Action.ChangePlan(
                        subscription.id(), subscription.plan().id(), best.plan().id()),
                null,
                mostly && ahead ? Confidence.HIGH : Confidence.LOW,
                List.of(evidence),
                undoneBy(even, best.plan()),
                paysFrom));
    }

    private static List<String> undoneBy(@Nullable BigDecimal even, Plan plan) {
        List<String> undone = new ArrayList<>();
        undone.add(
                even == null
                        ? "use that differs from that of the months above"
                        : "use across the break-even quantity of " + even.toPlainString());
        if (plan.minimumSpend().signum() > 0) {
            undone.add("the plan's least bill of " + plan.minimumSpend());
        }
        return undone;
    }

    private static LocalDate paysFrom(CostContext context, BilledSubscription subscription, Candidate best) {
        LocalDate today = LocalDate.ofInstant(context.now(), ZoneOffset.UTC);
        if (subscription.leaving().isZero()) {
            return today;
        }
        BigDecimal gross = subscription.total().minus(best.total()).amount();
        BigDecimal months = subscription
                .leaving()
                .amount()
                .multiply(BigDecimal.valueOf(subscription.periods().size()))
                .divide(gross, MathContext.DECIMAL64);
        BigDecimal seconds = months.multiply(BigDecimal.valueOf(SECONDS_OF_A_MONTH));
        return LocalDate.ofInstant(context.now().plusSeconds(seconds.longValue()), ZoneOffset.UTC)
                .plusDays(1);
    }

    /** Choosing the plan each month, where nothing binds and it beats every single plan by a tenth. */
    private static Optional<Finding> switching(BilledSubscription subscription, List<Candidate> candidates) {
        List<Candidate> monthly = new ArrayList<>(candidates);
        monthly.removeIf(candidate -> candidate.plan().months() != 1);
        if (subscription.plan().months() != 1 || !subscription.leaving().isZero() || monthly.isEmpty()) {
            return Optional.empty();
        }
        List<Money> bills = subscription.bills();
        monthly.add(new Candidate(subscription.plan(), bills, sum(bills)));
        Money best = monthly.stream()
                .map(Candidate::total)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        int months = bills.size();
        List<Candidate> chosen = IntStream.range(0, months)
                .mapToObj(i -> monthly.stream()
                        .min(Comparator.comparing(candidate -> candidate.bills().get(i)))
                        .orElseThrow())
                .toList();
        Money total = sum(IntStream.range(0, months)
                .mapToObj(i -> chosen.get(i).bills().get(i))
                .toList());
        if (total.amount().compareTo(best.amount().multiply(WORTH_SWITCHING)) > 0) {
            return Optional.empty();
        }
        List<String> plans = chosen.stream()
                .map(candidate -> candidate.plan().id())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
        Evidence evidence = Evidence.of(
                NAME,
                "With the cheapest of " + String.join(", ", plans) + " in each month the last " + months
                        + " months cost " + total + ", on the best single plan " + best + ".",
                WasteRule.span(subscription),
                months,
                Map.of(
                        "currentTotal", subscription.total().amount(),
                        "projectedTotal", total.amount(),
                        "bestSinglePlan", best.amount(),
                        "months", BigDecimal.valueOf(months)),
                subscription.id());
        return Optional.of(new Finding(
                subscription.id(),
                new Action.SwitchMonthly(subscription.id(), plans),
                null,
                Confidence.MEDIUM,
                List.of(evidence),
                List.of("a month whose use isn't foreseen when its plan is chosen"),
                null));
    }
}
