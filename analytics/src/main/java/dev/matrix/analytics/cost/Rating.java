package dev.matrix.analytics.cost;

import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Rates real usage on a plan, exactly. Pure; usable without a Matrix. */
public final class Rating {

    private Rating() {}

    /** The bill of one billing month: each line is rounded once, half up, and nothing else is. */
    public static RatedBill rate(Plan plan, PeriodUsage usage) {
        List<RatedBill.Line> lines = new ArrayList<>(plan.charges().size());
        Money fee = plan.feeOf(usage.month());
        Money sum = fee;
        Set<String> over = Set.of();
        int known = 0;
        for (Charge charge : plan.charges()) {
            BigDecimal quantity = usage.quantities().get(charge.meter());
            known += quantity == null ? 0 : 1;
            BigDecimal used = quantity == null ? BigDecimal.ZERO : quantity;
            Money amount = Money.ofRounded(charge.amount(used), plan.currency(), RoundingMode.HALF_UP);
            lines.add(new RatedBill.Line(charge.meter(), used, amount));
            sum = sum.plus(amount);
            if (!charge.allows(used)) {
                over = with(over, charge.meter());
            }
        }
        Set<String> unpriced = known == usage.quantities().size() ? Set.of() : unpriced(plan, usage);
        return new RatedBill(
                plan.id(), usage.window(), fee, lines, plan.minimumSpend().max(sum), unpriced, over);
    }

    private static Set<String> with(Set<String> some, String more) {
        Set<String> all = new TreeSet<>(some);
        all.add(more);
        return all;
    }

    private static Set<String> unpriced(Plan plan, PeriodUsage usage) {
        Set<String> meters = new TreeSet<>();
        for (Map.Entry<String, BigDecimal> used : usage.quantities().entrySet()) {
            if (used.getValue().signum() > 0) {
                meters.add(used.getKey());
            }
        }
        plan.charges().forEach(charge -> meters.remove(charge.meter()));
        return meters;
    }
}
