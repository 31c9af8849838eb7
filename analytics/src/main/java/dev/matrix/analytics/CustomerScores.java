package dev.matrix.analytics;

import dev.matrix.analytics.HealthScore.Signal;
import dev.matrix.analytics.Timelines.Step;
import dev.matrix.analytics.forecast.PurchaseModel;
import dev.matrix.analytics.spi.FactCell;
import dev.matrix.analytics.spi.FactColumn;
import dev.matrix.analytics.spi.FactFilter;
import dev.matrix.analytics.spi.FactKind;
import dev.matrix.analytics.spi.FactQuery;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.CurrencyConverter;
import dev.matrix.core.spi.Tx;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Scores of single customers, from facts by customer and day. */
record CustomerScores(
        AnalyticsStores stores,
        Settings settings,
        FlowReader reader,
        FlowReports flows,
        SubscriptionFates fates,
        @Nullable CurrencyConverter converter) {

    private static final int MOST = 1_000;
    private static final int HEALTH_DAYS = 90;
    private static final int FEWEST_BUYERS = 20;
    private static final double OUTLOOK_DAYS = 90;

    /** All scores; the warning says why those by revenue are missing. */
    record Scores(
            List<CustomerScore> scores,
            List<HealthScore> health,
            ActiveDays activeDays,
            @Nullable PurchaseOutlook purchases,
            Optional<Warning> warning) {}

    private static final class Paid {
        private int firstDay = Integer.MAX_VALUE;
        private int lastDay = -1;
        private final Set<Integer> days = new HashSet<>();
        private long payments;
        private Fraction revenue = Fraction.ZERO;
    }

    private static final class Used {
        private final long[] uses = new long[HEALTH_DAYS];
        private final Set<Integer> meters = new HashSet<>();
        private long failedPayments;
        private double mrrChange;
    }

    Scores of(Tx tx, Frame frame, Set<Integer> subscribed) {
        Map<Integer, Used> used = used(tx, frame);
        List<Bucket> days = frame.settings().calendar().buckets(paidWindow(frame), TimeRange.DAY, frame.zone());
        Set<String> currencies = new HashSet<>();
        Map<Integer, Paid> paid = new TreeMap<>();
        cells(
                tx,
                frame,
                FlowNumbers.kinds(Measure.NET_REVENUE),
                days,
                Set.of(),
                cell -> currencies.add(cell.currency()));
        Currency target = target(frame, currencies);
        Rates rates = target == null ? null : rates(frame, days, target);
        cells(tx, frame, FlowNumbers.kinds(Measure.NET_REVENUE), days, Set.of(FactColumn.CUSTOMER), cell -> {
            Paid own = paid.computeIfAbsent(cell.customer(), customer -> new Paid());
            add(own, cell, rates);
        });
        Optional<Warning> warning = target == null && !currencies.isEmpty()
                ? Optional.of(new Warning(
                        "currency_needed",
                        "Customers pay in " + String.join(", ", new TreeSet<>(currencies))
                                + "; their scores need one currency. Ask for one."))
                : Optional.empty();
        return new Scores(
                target == null ? List.of() : scores(tx, days, paid, target),
                health(tx, used),
                activeDays(used),
                outlook(days, paid, subscribed),
                warning);
    }

    private static Window paidWindow(Frame frame) {
        Instant to = frame.window().to();
        return to.isAfter(frame.now()) && frame.window().from().isBefore(frame.now())
                ? new Window(frame.window().from(), frame.now().plusNanos(1_000))
                : frame.window();
    }

    /** The rates of days; null where everything is in one currency. */
    private @Nullable Rates rates(Frame frame, List<Bucket> days, Currency target) {
        return frame.query().currency() == null ? null : new Rates(converter, target, days, frame.zone(), frame.now());
    }

    private @Nullable Currency target(Frame frame, Set<String> currencies) {
        Currency asked = frame.query().currency();
        return asked != null || currencies.size() != 1
                ? asked
                : flows.currency(currencies.iterator().next());
    }

    private void cells(
            Tx tx,
            Frame frame,
            Set<FactKind> kinds,
            List<Bucket> days,
            Set<FactColumn> columns,
            Consumer<FactCell> sink) {
        List<Instant> edges = new ArrayList<>(days.stream().map(Bucket::from).toList());
        edges.add(days.get(days.size() - 1).to());
        FactFilter filter = reader.filter(tx, frame, kinds, edges.get(0), edges.get(edges.size() - 1));
        stores.facts().aggregate(tx, new FactQuery(filter, edges, columns, false), sink);
    }

    private void add(Paid paid, FactCell cell, @Nullable Rates rates) {
        if (cell.kind() == FactKind.PAYMENT) {
            paid.firstDay = Math.min(paid.firstDay, cell.bucket());
            paid.lastDay = Math.max(paid.lastDay, cell.bucket());
            paid.days.add(cell.bucket());
            paid.payments += cell.count();
        }
        boolean gain = cell.kind() == FactKind.PAYMENT
                || cell.kind() == FactKind.REFUND_REVERSED
                || cell.kind() == FactKind.DISPUTE_REVERSED;
        Currency currency = flows.currency(cell.currency());
        Fraction amount =
                Fraction.of(gain ? cell.amount() : cell.amount().negate(), BigInteger.TEN.pow(currency.scale()));
        paid.revenue = paid.revenue.plus(
                rates == null || amount.signum() == 0
                        ? amount
                        : amount.times(rates.of(currency).apply(cell.bucket() + 1)));
    }

    private List<CustomerScore> scores(Tx tx, List<Bucket> days, Map<Integer, Paid> paid, Currency target) {
        List<Integer> customers = paid.entrySet().stream()
                .filter(each -> each.getValue().payments > 0)
                .map(Map.Entry::getKey)
                .toList();
        List<Paid> own = customers.stream().map(paid::get).toList();
        List<Integer> recency = Rfm.scores(
                own.stream().map(each -> BigDecimal.valueOf(each.lastDay)).toList());
        List<Integer> frequency = Rfm.scores(
                own.stream().map(each -> BigDecimal.valueOf(each.payments)).toList());
        List<BigDecimal> revenue = own.stream()
                .map(each -> each.revenue.rounded(target.scale(), RoundingMode.HALF_EVEN))
                .toList();
        List<Integer> monetary = Rfm.scores(revenue);
        Map<Integer, Owner> owners = stores.directory().owners(tx, customers);
        List<CustomerScore> scores = new ArrayList<>();
        for (int i = 0; i < customers.size(); i++) {
            Owner owner = owners.get(customers.get(i));
            if (owner != null) {
                scores.add(new CustomerScore(
                        owner,
                        LocalDate.parse(days.get(own.get(i).lastDay).label().substring(0, 10)),
                        own.get(i).payments,
                        revenue.get(i),
                        new Rfm(recency.get(i), frequency.get(i), monetary.get(i))));
            }
        }
        scores.sort(Comparator.comparing(CustomerScore::revenue).reversed().thenComparing(CustomerScore::customer));
        return scores.subList(0, Math.min(MOST, scores.size()));
    }

    private List<Bucket> lastDays(Frame frame) {
        Window window = settings.calendar().last(HEALTH_DAYS, TimeRange.DAY, frame.zone(), frame.now());
        return settings.calendar().buckets(window, TimeRange.DAY, frame.zone());
    }

    private Map<Integer, Used> used(Tx tx, Frame frame) {
        List<Bucket> days = lastDays(frame);
        Map<Integer, Used> used = new TreeMap<>();
        Set<FactKind> kinds = EnumSet.of(FactKind.USAGE, FactKind.PAYMENT_FAILED);
        cells(tx, frame, kinds, days, Set.of(FactColumn.CUSTOMER, FactColumn.METER), cell -> {
            Used own = used.computeIfAbsent(cell.customer(), customer -> new Used());
            if (cell.kind() == FactKind.USAGE) {
                own.uses[cell.bucket()] += cell.count();
                own.meters.add(cell.meter());
            } else {
                own.failedPayments += cell.count();
            }
        });
        Instant before = days.get(0).from();
        fates.eachCustomer(tx, frame, versions -> {
            List<Step> steps = settings.timelines().of(versions);
            BigDecimal then = worth(steps, before);
            BigDecimal now = worth(steps, frame.now());
            int customer = versions.get(0).customer();
            if (now.signum() != 0 || then.signum() != 0 || used.containsKey(customer)) {
                Used own = used.computeIfAbsent(customer, any -> new Used());
                BigDecimal larger = then.max(now);
                own.mrrChange = larger.signum() == 0 ? 0 : now.subtract(then).doubleValue() / larger.doubleValue();
            }
        });
        return used;
    }

    /** In parts, of the currency that comes first by code. */
    private static BigDecimal worth(List<Step> steps, Instant at) {
        Step last = steps.get(0);
        for (Step step : steps) {
            last = step.from().isAfter(at) ? last : step;
        }
        TreeMap<String, BigInteger> sums = new TreeMap<>();
        last.parts().forEach((slice, parts) -> sums.merge(slice.currency(), parts, BigInteger::add));
        return sums.isEmpty()
                ? BigDecimal.ZERO
                : new BigDecimal(sums.firstEntry().getValue());
    }

    private List<HealthScore> health(Tx tx, Map<Integer, Used> used) {
        Map<Integer, Owner> owners = stores.directory().owners(tx, used.keySet());
        List<Owner> customers = new ArrayList<>();
        List<Map<Signal, Double>> signals = new ArrayList<>();
        used.forEach((customer, own) -> {
            Owner owner = owners.get(customer);
            if (owner != null) {
                customers.add(owner);
                signals.add(signals(own));
            }
        });
        List<HealthScore> scores = new ArrayList<>(HealthScore.of(customers, signals));
        scores.sort(Comparator.comparingDouble(HealthScore::score).thenComparing(HealthScore::customer));
        return scores.subList(0, Math.min(MOST, scores.size()));
    }

    private static Map<Signal, Double> signals(Used used) {
        int idle = 0;
        while (idle < HEALTH_DAYS && used.uses[HEALTH_DAYS - 1 - idle] == 0) {
            idle++;
        }
        double middle = (ActiveDays.DAYS - 1) / 2.0;
        double slope = 0;
        double squares = 0;
        for (int i = 0; i < ActiveDays.DAYS; i++) {
            slope += (i - middle) * used.uses[HEALTH_DAYS - ActiveDays.DAYS + i];
            squares += (i - middle) * (i - middle);
        }
        Map<Signal, Double> signals = new EnumMap<>(Signal.class);
        signals.put(Signal.USAGE_SLOPE, slope / squares);
        signals.put(Signal.IDLE_DAYS, (double) idle);
        signals.put(Signal.FAILED_PAYMENTS, (double) used.failedPayments);
        signals.put(Signal.METERS_IN_USE, (double) used.meters.size());
        signals.put(Signal.MRR_CHANGE, used.mrrChange);
        return signals;
    }

    private static ActiveDays activeDays(Map<Integer, Used> used) {
        List<Long> histogram = new ArrayList<>(Collections.nCopies(ActiveDays.DAYS + 1, 0L));
        for (Used own : used.values()) {
            int days = 0;
            for (int i = HEALTH_DAYS - ActiveDays.DAYS; i < HEALTH_DAYS; i++) {
                days += own.uses[i] > 0 ? 1 : 0;
            }
            if (days > 0) {
                histogram.set(days, histogram.get(days) + 1);
            }
        }
        return new ActiveDays(histogram);
    }

    private static @Nullable PurchaseOutlook outlook(
            List<Bucket> days, Map<Integer, Paid> paid, Set<Integer> subscribed) {
        double age =
                Duration.between(days.get(0).from(), days.get(days.size() - 1).to())
                                .toHours()
                        / 24.0;
        List<PurchaseModel.History> histories = paid.entrySet().stream()
                .filter(each -> each.getValue().payments > 0 && !subscribed.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .map(own -> new PurchaseModel.History(
                        own.days.size() - 1,
                        own.lastDay - own.firstDay,
                        Math.max(own.lastDay - own.firstDay, age - own.firstDay)))
                .toList();
        if (histories.size() < FEWEST_BUYERS) {
            return null;
        }
        PurchaseModel model = PurchaseModel.fit(histories);
        return new PurchaseOutlook(
                model,
                histories.size(),
                histories.stream().mapToDouble(model::alive).sum(),
                histories.stream()
                        .mapToDouble(history -> model.expected(history, OUTLOOK_DAYS))
                        .sum());
    }
}
