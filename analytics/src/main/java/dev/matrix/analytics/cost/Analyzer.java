package dev.matrix.analytics.cost;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.spi.CostContext;
import dev.matrix.analytics.cost.spi.CostRule;
import dev.matrix.analytics.cost.spi.Finding;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Lets the rules look at an owner's situation and prices what they find by replaying it with the action applied. The types go one
 * after the other, each on what remains when the best of the former ones is followed; so no saving is counted twice.
 */
record Analyzer(CostSettings settings, List<CostRule> rules) {

    /** Stages in their order; actions of one stage on one subject exclude each other. */
    private static final List<Set<RecommendationType>> STAGES = List.of(
            Set.of(RecommendationType.USAGE),
            Set.of(RecommendationType.INSTANCE, RecommendationType.RESOURCE),
            Set.of(RecommendationType.TIER),
            Set.of(RecommendationType.PRICING));

    private static final int MOST_FINDINGS = 1_000;

    /** What is analysed, and for whom. */
    record Task(Owner owner, Window window, Instant now, Profile profile, Set<RecommendationType> types) {}

    /**
     * Advice of one analysis.
     *
     * @param group actions of one group exclude each other
     * @param leads whether it is the best of its group
     */
    record Found(Advice advice, String group, boolean leads) {}

    /** What came out, the greatest saving first. */
    record Outcome(List<Found> found, Money combined, List<Diagnostic> diagnostics) {}

    Outcome analyze(Task task, Situation start, List<Plan> plans) {
        List<Diagnostic> diagnostics = new ArrayList<>();
        List<Found> all = new ArrayList<>();
        Situation rest = start;
        for (Set<RecommendationType> stage : STAGES) {
            List<Priced> priced = new ArrayList<>();
            for (CostRule rule : rules) {
                if (stage.contains(rule.type()) && task.types().contains(rule.type())) {
                    priced.addAll(findings(task, rule, rest, plans, diagnostics));
                }
            }
            for (Map<String, Priced> group : groups(priced).values()) {
                Priced best = group.values().stream().max(Priced.BY_WEIGHT).orElseThrow();
                String name = STAGES.indexOf(stage) + " " + best.group();
                group.values().forEach(each -> all.add(new Found(each.advice(), name, each.equals(best))));
                rest = best.applyTo(rest).orElse(rest);
            }
        }
        Money combined = start.monthlyCost().minus(rest.monthlyCost());
        all.sort(Comparator.comparing((Found each) -> each.advice().monthlySavings())
                .reversed());
        return new Outcome(List.copyOf(all), combined, List.copyOf(diagnostics));
    }

    /** What excludes each other, by target; of two rules that find the same the better counts. */
    private static Map<String, Map<String, Priced>> groups(List<Priced> priced) {
        Map<String, Map<String, Priced>> groups = new LinkedHashMap<>();
        priced.forEach(each -> groups.computeIfAbsent(each.group(), name -> new LinkedHashMap<>())
                .merge(each.advice().action().target(), each, BinaryOperator.maxBy(Priced.BY_WEIGHT)));
        return groups;
    }

    private record Priced(Advice advice, @Nullable Money claimed) {

        static final Comparator<Priced> BY_WEIGHT = Comparator.comparing(Priced::weight)
                .thenComparing(each -> each.advice().action().target(), Comparator.reverseOrder());

        BigDecimal weight() {
            return advice.monthlySavings().amount().multiply(advice.confidence().weight());
        }

        /** Waste is per meter, so that two meters of one subscription don't exclude each other. */
        String group() {
            return advice.action() instanceof Action.ReduceUsage reduce
                    ? advice.subject() + " " + reduce.meter()
                    : advice.subject();
        }

        Optional<Situation> applyTo(Situation situation) {
            return claimed == null ? situation.with(advice.action()) : situation.lessBy(advice.subject(), claimed);
        }
    }

    private List<Priced> findings(
            Task task, CostRule rule, Situation rest, List<Plan> plans, List<Diagnostic> diagnostics) {
        CostContext context = new CostContext(
                task.owner(),
                task.window(),
                task.now(),
                task.profile(),
                rest.currency(),
                rest.subscriptions(),
                rest.machines(),
                plans,
                rest.types());
        List<Priced> priced = new ArrayList<>();
        for (Finding finding : examined(rule, context, diagnostics::add)) {
            price(task, rule, finding, rest, diagnostics::add).ifPresent(priced::add);
        }
        return priced;
    }

    /** Whatever a rule of the host's throws, an Error included, is its own diagnostic and nobody else's harm. */
    private static List<Finding> examined(CostRule rule, CostContext context, Consumer<Diagnostic> diagnostics) {
        try {
            List<Finding> found = rule instanceof ShippedRule shipped
                    ? shipped.examine(context, diagnostics)
                    : List.copyOf(rule.examine(context));
            if (found.size() <= MOST_FINDINGS) {
                return found;
            }
            diagnostics.accept(failed(
                    rule,
                    "found " + found.size() + " things; at most " + MOST_FINDINGS + " are allowed, so none counts"));
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            diagnostics.accept(failed(rule, "failed with " + e.getClass().getSimpleName()));
        }
        return List.of();
    }

    private static Diagnostic failed(CostRule rule, String how) {
        return new Diagnostic(
                rule.name(),
                rule.name(),
                Reason.INVALID_SAVING,
                "Rule " + rule.name() + " " + how + ". The other rules were asked nevertheless.");
    }

    private Optional<Priced> price(
            Task task, CostRule rule, Finding finding, Situation rest, Consumer<Diagnostic> diagnostics) {
        Money claimed = finding.claimed();
        Optional<Money> cost = rest.monthlyCost(finding.subject());
        if (claimed != null
                && (!claimed.currency().equals(rest.currency())
                        || cost.filter(all -> claimed.compareTo(all) <= 0).isEmpty())) {
            diagnostics.accept(invalid(
                    rule,
                    finding,
                    "claims a saving of " + claimed + " on " + finding.subject() + ", which costs "
                            + cost.map(Money::toString).orElse("nothing that is known") + " a month"));
            return Optional.empty();
        }
        Optional<Situation> after =
                claimed == null ? rest.with(finding.action()) : rest.lessBy(finding.subject(), claimed);
        if (cost.isEmpty() || after.isEmpty()) {
            diagnostics.accept(invalid(
                    rule,
                    finding,
                    "wants to change " + finding.subject()
                            + ", which isn't known or can't be replayed with that action"));
            return Optional.empty();
        }
        Advice advice = advice(task, rule, finding, rest, after.get());
        boolean worth = advice.monthlySavings().amount().compareTo(settings.minimumSavings()) >= 0;
        return worth ? Optional.of(new Priced(advice, claimed)) : Optional.empty();
    }

    private static Diagnostic invalid(CostRule rule, Finding finding, String what) {
        return new Diagnostic(
                rule.name(), finding.subject(), Reason.INVALID_SAVING, "Rule " + rule.name() + " " + what + ".");
    }

    private static Advice advice(Task task, CostRule rule, Finding finding, Situation rest, Situation then) {
        String subject = finding.subject();
        Money current = rest.monthlyCost(subject).orElseThrow();
        Money projected = then.monthlyCost(subject).orElseThrow();
        Money saving = current.minus(projected);
        List<Money> savings = savings(rest, then, subject);
        Confidence span = rest.subscription(subject)
                .map(each -> Spans.confidence(each.periods(), savings))
                .orElseGet(() -> rest.machine(subject)
                        .map(each -> Spans.confidence(each.samples()))
                        .orElse(Confidence.LOW));
        boolean single = finding.claimed() != null || savings.isEmpty();
        Action action = finding.action();
        LocalDate today = LocalDate.ofInstant(task.now(), ZoneOffset.UTC);
        return new Advice(
                rule.type(),
                subject,
                action,
                current,
                projected,
                saving,
                single
                        ? new SavingsRange(saving, saving)
                        : new SavingsRange(Collections.min(savings), Collections.max(savings)),
                span.atMost(finding.atMost()),
                finding.evidence(),
                action.effort(),
                action.restart(),
                action.reversible(),
                finding.undoneBy(),
                finding.paysFrom() == null ? today : finding.paysFrom());
    }

    /** Of each replayed month of a subscription. */
    private static List<Money> savings(Situation rest, Situation then, String subject) {
        List<Money> before =
                rest.subscription(subject).map(BilledSubscription::bills).orElse(List.of());
        List<Money> after =
                then.subscription(subject).map(BilledSubscription::bills).orElse(List.of());
        return IntStream.range(0, Math.min(before.size(), after.size()))
                .mapToObj(i -> before.get(i).minus(after.get(i)))
                .toList();
    }
}
