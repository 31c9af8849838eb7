package dev.matrix.analytics.cost;

import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A subscription whose bill can be replayed: its plan, and what was really used in each complete billing month.
 *
 * @param plans its plan; several where the cheapest of them is chosen each month
 * @param periods complete billing months, oldest first; not empty
 * @param waste use within them that brought nothing
 * @param leaving what leaving the plan costs: the rest of a contract's term and its exit fee; 0 without a contract
 * @param endsAt when the subscription ends; null: no end is known
 * @param oneOff what an applied action costs once, spread over the months that are replayed
 * @param rebate what a host's rule takes off a month
 */
public record BilledSubscription(
        String id,
        List<Plan> plans,
        List<PeriodUsage> periods,
        List<Waste> waste,
        Money leaving,
        @Nullable Instant endsAt,
        Money oneOff,
        Money rebate) {

    public BilledSubscription {
        plans = List.copyOf(plans);
        periods = List.copyOf(periods);
        waste = List.copyOf(waste);
    }

    /**
     * Use that brought nothing.
     *
     * @param period the place of its billing month among the periods
     * @param cause {@code failed}, {@code retry}, {@code duplicate}, {@code cacheable} or the host's own word
     */
    public record Waste(int period, String meter, String cause, BigDecimal quantity) {}

    /** The plan that it has. */
    public Plan plan() {
        return plans.get(0);
    }

    /** What each billing month costs. */
    public List<Money> bills() {
        return bills(plans);
    }

    /** What each billing month would cost on another plan. */
    public List<Money> bills(Plan other) {
        return bills(List.of(other));
    }

    private List<Money> bills(List<Plan> choice) {
        List<Money> bills = new ArrayList<>(periods.size());
        for (PeriodUsage usage : periods) {
            Money least = Rating.rate(choice.get(0), usage).total();
            for (Plan plan : choice.subList(1, choice.size())) {
                least = least.min(Rating.rate(plan, usage).total());
            }
            bills.add(least);
        }
        return bills;
    }

    /** What all of its months cost. */
    public Money total() {
        return bills().stream().collect(Money.summing(plan().currency())).plus(oneOff);
    }

    /** What it costs a month: the total by the number of months, rounded once, less the rebate. */
    public Money monthlyCost() {
        return total().dividedBy(BigDecimal.valueOf(periods.size()), RoundingMode.HALF_UP)
                .minus(rebate);
    }

    /** Meters that were used and have no price on a plan. */
    public Set<String> unpricedOn(Plan plan) {
        Set<String> unpriced = new HashSet<>();
        periods.forEach(usage -> unpriced.addAll(Rating.rate(plan, usage).unpriced()));
        return unpriced;
    }

    BilledSubscription on(List<Plan> others) {
        Money once = others.size() == 1 && !others.equals(plans) ? leaving : oneOff;
        return new BilledSubscription(id, others, periods, waste, leaving, endsAt, once, rebate);
    }

    /** Without the waste of a meter that has one of these causes. */
    BilledSubscription without(String meter, Set<String> causes) {
        List<PeriodUsage> rest = new ArrayList<>(periods);
        List<Waste> left = new ArrayList<>();
        for (Waste each : waste) {
            if (each.meter().equals(meter) && causes.contains(each.cause())) {
                rest.set(each.period(), rest.get(each.period()).without(meter, each.quantity()));
            } else {
                left.add(each);
            }
        }
        return new BilledSubscription(id, plans, rest, left, leaving, endsAt, oneOff, rebate);
    }

    BilledSubscription lessBy(Money more) {
        return new BilledSubscription(id, plans, periods, waste, leaving, endsAt, oneOff, rebate.plus(more));
    }
}
