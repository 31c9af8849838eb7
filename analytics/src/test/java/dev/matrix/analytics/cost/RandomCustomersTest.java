package dev.matrix.analytics.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.Price.Graduated;
import dev.matrix.analytics.cost.Price.Packages;
import dev.matrix.analytics.cost.Price.PerUnit;
import dev.matrix.analytics.cost.Price.Tier;
import dev.matrix.analytics.cost.Price.Volume;
import dev.matrix.analytics.cost.spi.ResourceLimits;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.PreciseMoney;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Over 1,000 random customers, a replay that shares no code with the advice gives what the advice promised, to the last cent. */
class RandomCustomersTest {

    private static final Currency EUR = Currencies.iso().get("EUR");
    private static final List<String> METERS = List.of("tokens", "images", "seats");

    private final Random random = new Random(7);

    private PreciseMoney price(int most) {
        return PreciseMoney.of(new BigDecimal(random.nextInt(most) + 1).movePointLeft(4), EUR);
    }

    private Charge charge(String meter) {
        List<Tier> tiers = List.of(
                new Tier(new BigDecimal(1 + random.nextInt(500)), price(500), null),
                new Tier(new BigDecimal(501 + random.nextInt(2_000)), price(300), price(50_000)),
                new Tier(null, price(200), null));
        Price price = switch (random.nextInt(4)) {
            case 0 -> new PerUnit(price(500));
            case 1 -> new Graduated(tiers);
            case 2 -> new Volume(tiers);
            default -> new Packages(new BigDecimal(1 + random.nextInt(300)), price(50_000));
        };
        return new Charge(meter, new BigDecimal(random.nextInt(1_000)), price, null);
    }

    private Plan plan(String id) {
        Plan plan = random.nextInt(4) == 0
                ? Plan.yearly(id, Money.ofMinor(random.nextInt(200_000), EUR))
                : Plan.monthly(id, Money.ofMinor(random.nextInt(20_000), EUR));
        return plan.charging(METERS.stream().map(this::charge).toArray(Charge[]::new))
                .atLeast(Money.ofMinor(random.nextInt(3_000), EUR));
    }

    private BilledSubscription customer(Plan plan) {
        List<PeriodUsage> periods = new ArrayList<>();
        List<BilledSubscription.Waste> waste = new ArrayList<>();
        Instant anchor = Instant.parse("2026-01-31T10:00:00Z");
        int months = 3 + random.nextInt(6);
        for (int i = 0; i < months; i++) {
            Map<String, BigDecimal> used = new TreeMap<>();
            for (String meter : METERS) {
                BigDecimal quantity = new BigDecimal(random.nextInt(6_000_000)).movePointLeft(3);
                used.put(meter, quantity);
                if (random.nextInt(3) == 0) {
                    waste.add(
                            new BilledSubscription.Waste(i, meter, "failed", quantity.multiply(new BigDecimal("0.3"))));
                }
            }
            Instant from = anchor.plus(Duration.ofDays(30L * i));
            periods.add(new PeriodUsage(new Window(from, from.plus(Duration.ofDays(30))), i, used));
        }
        Money none = Money.zero(EUR);
        return new BilledSubscription("sub_1", List.of(plan), periods, waste, none, null, none, none);
    }

    /** By hand, from the plan's own words: tiers walked unit range by unit range, months of a year in cents. */
    private static BigDecimal bill(Plan plan, PeriodUsage usage) {
        BigDecimal total = plan.feeOf(usage.month()).amount();
        for (Charge charge : plan.charges()) {
            BigDecimal q = usage.of(charge.meter()).subtract(charge.included()).max(BigDecimal.ZERO);
            total = total.add(line(charge.price(), q).setScale(2, RoundingMode.HALF_UP));
        }
        return total.max(plan.minimumSpend().amount());
    }

    private static BigDecimal line(Price price, BigDecimal q) {
        if (q.signum() == 0) {
            return BigDecimal.ZERO;
        }
        if (price instanceof PerUnit each) {
            return each.unit().amount().multiply(q);
        }
        if (price instanceof Packages packages) {
            BigDecimal[] parts = q.divideAndRemainder(packages.size());
            return packages.each().amount().multiply(parts[1].signum() > 0 ? parts[0].add(BigDecimal.ONE) : parts[0]);
        }
        List<Tier> tiers = price instanceof Graduated graduated ? graduated.tiers() : ((Volume) price).tiers();
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal before = BigDecimal.ZERO;
        for (Tier tier : tiers) {
            BigDecimal end = tier.upTo() == null ? q : tier.upTo();
            boolean last = q.compareTo(end) <= 0;
            BigDecimal units = price instanceof Volume
                    ? (last ? q : BigDecimal.ZERO)
                    : q.min(end).subtract(before);
            if (units.signum() > 0) {
                sum = sum.add(units.multiply(tier.unit().amount()));
                sum = tier.flat() == null ? sum : sum.add(tier.flat().amount());
            }
            if (last) {
                return sum;
            }
            before = end;
        }
        throw new AssertionError("no last tier");
    }

    private static BigDecimal monthly(List<Plan> plans, List<PeriodUsage> periods) {
        BigDecimal sum = periods.stream()
                .map(usage -> plans.stream()
                        .map(plan -> bill(plan, usage))
                        .min(BigDecimal::compareTo)
                        .orElseThrow())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return sum.divide(BigDecimal.valueOf(periods.size()), 2, RoundingMode.HALF_UP);
    }

    @Test
    @Tag("CO22")
    @Tag("CO28")
    void theReplayGivesWhatWasPromisedAndTheCombinedSavingIsTheFullReplay() {
        int advised = 0;
        int several = 0;
        for (int i = 0; i < 1_000; i++) {
            List<Plan> plans = List.of(plan("a"), plan("b"), plan("c"));
            BilledSubscription customer = customer(plans.get(0));
            Analyzer.Outcome outcome = analyze(plans, customer);
            List<PeriodUsage> rest = customer.periods();
            for (Analyzer.Found found : outcome.found()) {
                if (found.advice().action() instanceof Action.ReduceUsage) {
                    rest = checkWaste(plans.get(0), customer, rest, found.advice());
                    advised++;
                }
            }
            BigDecimal before = monthly(plans.subList(0, 1), rest);
            BigDecimal end = before;
            for (Analyzer.Found found : outcome.found()) {
                List<Plan> chosen = chosen(plans, found.advice().action());
                if (!chosen.isEmpty()) {
                    BigDecimal after = monthly(chosen, rest);
                    assertThat(found.advice().monthlySavings().amount())
                            .as("customer %s, %s", i, found.advice())
                            .isEqualTo(before.subtract(after));
                    end = found.leads() ? after : end;
                    advised++;
                }
            }
            BigDecimal start = monthly(plans.subList(0, 1), customer.periods());
            assertThat(outcome.combined().amount()).as("customer %s", i).isEqualTo(start.subtract(end));
            assertThat(outcome.combined().amount()).isLessThanOrEqualTo(start);
            several += outcome.found().size() > 1 ? 1 : 0;
        }
        assertThat(advised).isGreaterThan(1_000);
        assertThat(several).isGreaterThan(300);
    }

    private static Analyzer.Outcome analyze(List<Plan> plans, BilledSubscription customer) {
        TierRule tier = new TierRule(ResourceLimits.none(), 3, Duration.ofDays(30));
        CostSettings settings = new CostSettings(
                null,
                null,
                null,
                SeverityPolicy.standard(),
                List.of(new WasteRule(), tier),
                new BigDecimal("0.01"),
                Duration.ofDays(30),
                Duration.ZERO);
        Instant now = Instant.parse("2026-12-01T00:00:00Z");
        Analyzer.Task task = new Analyzer.Task(
                Owner.user("ada"),
                new Window(now.minusSeconds(1), now),
                now,
                Profile.STANDARD,
                Set.of(RecommendationType.values()));
        Situation situation = new Situation(EUR, List.of(customer), List.of(), Plan.byId(plans), Map.of());
        return new Analyzer(settings, settings.rules()).analyze(task, situation, plans);
    }

    /** Waste of several meters is advised each by itself, on what all of it costs. */
    private static List<PeriodUsage> checkWaste(
            Plan plan, BilledSubscription customer, List<PeriodUsage> rest, Advice advice) {
        String meter = ((Action.ReduceUsage) advice.action()).meter();
        BigDecimal alone = monthly(List.of(plan), without(customer, customer.periods(), meter));
        assertThat(advice.monthlySavings().amount())
                .as("%s", advice)
                .isEqualTo(monthly(List.of(plan), customer.periods()).subtract(alone));
        return without(customer, rest, meter);
    }

    private static List<PeriodUsage> without(BilledSubscription customer, List<PeriodUsage> from, String meter) {
        List<PeriodUsage> rest = new ArrayList<>(from);
        for (BilledSubscription.Waste each : customer.waste()) {
            if (each.meter().equals(meter)) {
                PeriodUsage month = rest.get(each.period());
                Map<String, BigDecimal> left = new TreeMap<>(month.quantities());
                left.put(meter, month.of(meter).subtract(each.quantity()));
                rest.set(each.period(), new PeriodUsage(month.window(), month.month(), left));
            }
        }
        return rest;
    }

    private static List<Plan> chosen(List<Plan> plans, Action action) {
        Set<String> ids = new TreeSet<>();
        if (action instanceof Action.ChangePlan change) {
            ids.add(change.toPlan());
        } else if (action instanceof Action.SwitchMonthly each) {
            ids.addAll(each.plans());
        }
        return plans.stream().filter(plan -> ids.contains(plan.id())).toList();
    }
}
