package dev.matrix.analytics.cost;

import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a subscription cost and used before a recommendation was applied.
 *
 * @param months how many billing months it holds
 * @param cost of all of them
 * @param costs the same by meter: base fee and least bill are shared out by the meters' lines
 * @param volumes by meter
 */
record Baseline(
        String subscriptionId,
        int months,
        Money cost,
        Map<String, Money> costs,
        Map<String, BigDecimal> volumes,
        Instant appliedAt) {

    /** How exact a cost per unit is before a month's sum is rounded. */
    private static final int DECIMALS = 20;

    static Baseline of(String subscription, List<RatedBill> bills, Instant appliedAt) {
        Map<String, BigDecimal> volumes = new TreeMap<>();
        Map<String, BigDecimal> lines = new TreeMap<>();
        Money cost = bills.stream().map(RatedBill::total).reduce(Money::plus).orElseThrow();
        bills.forEach(bill -> bill.lines().forEach(line -> {
            if (line.quantity().signum() > 0) {
                volumes.merge(line.meter(), line.quantity(), BigDecimal::add);
                lines.merge(line.meter(), line.amount().amount(), BigDecimal::add);
            }
        }));
        return new Baseline(subscription, bills.size(), cost, shared(cost, lines), volumes, appliedAt);
    }

    private static Map<String, Money> shared(Money cost, Map<String, BigDecimal> lines) {
        List<String> meters = new ArrayList<>(lines.keySet());
        if (meters.isEmpty()) {
            return Map.of();
        }
        boolean free = lines.values().stream().allMatch(line -> line.signum() == 0);
        List<Money> parts = cost.allocate(meters.stream()
                .map(meter -> free ? BigDecimal.ONE : lines.get(meter))
                .toList());
        Map<String, Money> costs = new HashMap<>();
        for (int i = 0; i < meters.size(); i++) {
            costs.put(meters.get(i), parts.get(i));
        }
        return costs;
    }

    /** A month after it, compared. Without any volume before, whole costs are compared. */
    SavingsStatement.Month compare(RatedBill bill, int revision) {
        Money former = cost.dividedBy(BigDecimal.valueOf(months), RoundingMode.HALF_UP);
        Money totalChange = former.minus(bill.total());
        BigDecimal atFormerPrice = BigDecimal.ZERO;
        for (RatedBill.Line line : bill.lines()) {
            BigDecimal volume = volumes.get(line.meter());
            Money share = costs.get(line.meter());
            if (volume != null && share != null) {
                atFormerPrice = atFormerPrice.add(
                        share.amount().multiply(line.quantity()).divide(volume, DECIMALS, RoundingMode.HALF_EVEN));
            }
        }
        Money realised = volumes.isEmpty()
                ? totalChange
                : Money.ofRounded(atFormerPrice, cost.currency(), RoundingMode.HALF_UP)
                        .minus(bill.total());
        return new SavingsStatement.Month(
                bill.window().from(),
                bill.window().to(),
                revision,
                bill.total(),
                realised,
                totalChange.minus(realised),
                totalChange);
    }
}
