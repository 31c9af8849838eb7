package dev.matrix.analytics.cost;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.spi.CostContext;
import dev.matrix.analytics.cost.spi.Finding;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Use that brought nothing, per meter: failed calls and what the host marks. Its worth is the bill rated again without it. */
final class WasteRule implements ShippedRule {

    static final String NAME = "waste";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RecommendationType type() {
        return RecommendationType.USAGE;
    }

    @Override
    public List<Finding> examine(CostContext context, Consumer<Diagnostic> notJudged) {
        List<Finding> found = new ArrayList<>();
        for (BilledSubscription subscription : context.subscriptions()) {
            Map<String, Map<String, BigDecimal>> meters = new TreeMap<>();
            subscription
                    .waste()
                    .forEach(each -> meters.computeIfAbsent(each.meter(), meter -> new TreeMap<>())
                            .merge(each.cause(), each.quantity(), BigDecimal::add));
            meters.forEach((meter, causes) -> found.add(finding(subscription, meter, causes)));
        }
        return found;
    }

    private static Finding finding(BilledSubscription subscription, String meter, Map<String, BigDecimal> causes) {
        Set<String> names = new TreeSet<>(causes.keySet());
        Money before = subscription.total();
        Money after = subscription.without(meter, names).total();
        BigDecimal sum = causes.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        int months = subscription.periods().size();
        Window window = span(subscription);
        Evidence evidence = Evidence.of(
                NAME,
                "Of " + meter + ", " + sum.toPlainString() + " units in " + months + " months brought nothing ("
                        + String.join(", ", names) + "); the same months without them cost " + after + " instead of "
                        + before + ".",
                window,
                months,
                Map.of(
                        "currentTotal",
                        before.amount(),
                        "projectedTotal",
                        after.amount(),
                        "months",
                        BigDecimal.valueOf(months),
                        "units",
                        sum),
                subscription.id());
        return new Finding(
                subscription.id(),
                new Action.ReduceUsage(subscription.id(), meter, causes),
                null,
                Confidence.HIGH,
                List.of(evidence),
                List.of("the same waste coming back"),
                null);
    }

    static Window span(BilledSubscription subscription) {
        List<PeriodUsage> periods = subscription.periods();
        return new Window(
                periods.get(0).window().from(),
                periods.get(periods.size() - 1).window().to());
    }
}
