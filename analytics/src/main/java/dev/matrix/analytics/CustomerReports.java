package dev.matrix.analytics;

import dev.matrix.analytics.Timelines.Step;
import dev.matrix.analytics.spi.FactColumn;
import dev.matrix.analytics.spi.FactFilter;
import dev.matrix.analytics.spi.FactKind;
import dev.matrix.analytics.spi.FactQuery;
import dev.matrix.core.Ids;
import dev.matrix.core.money.Currency;
import dev.matrix.core.spi.Tx;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Answers queries about customers. Thread-safe. */
record CustomerReports(
        AnalyticsStores stores,
        Settings settings,
        FlowReader reader,
        FlowReports flows,
        RevenueReports revenue,
        SubscriptionFates fates,
        CustomerScores scores,
        InstantSource clock,
        Ids ids) {

    private static final Set<Measure> MEASURES = measures();
    private static final int LARGEST = 10;
    private static final int RATIO_DECIMALS = 6;
    private static final long SECONDS_OF_A_DAY = 86_400;

    private static Set<Measure> measures() {
        return Collections.unmodifiableSet(EnumSet.of(
                Measure.CUSTOMERS,
                Measure.PAYING_CUSTOMERS,
                Measure.NEW_CUSTOMERS,
                Measure.CHURNED_CUSTOMERS,
                Measure.LOGO_CHURN,
                Measure.ACTIVE_CUSTOMERS,
                Measure.STICKINESS));
    }

    /** What one pass over all subscriptions collects. */
    private static final class Collected {
        private final List<SurvivalCurve.Tenure> tenures = new ArrayList<>();
        private final Map<Integer, CohortSum> cohorts = new TreeMap<>();
        private final Map<String, List<BigInteger>> largest = new TreeMap<>();
        private final Set<Integer> subscribed = new HashSet<>();
    }

    private static final class CohortSum {
        private final Set<Integer> members = new HashSet<>();
        private final List<AgeSum> ages = new ArrayList<>();
    }

    private static final class AgeSum {
        private long paying;
        private long active;
        private final Map<String, BigInteger> parts = new TreeMap<>();
        private final Map<String, BigInteger> revenue = new TreeMap<>();
    }

    CustomerReport customers(ReportQuery query) {
        Frame frame = Frame.of(query, settings, clock.instant());
        Set<Measure> measures = frame.measures(MEASURES, Measure.CUSTOMERS);
        List<Series> series = new ArrayList<>();
        Set<Warning> warnings = new LinkedHashSet<>();
        for (Measure measure : measures) {
            if (measure.isRecurring()) {
                RevenueReport report = revenue.recurring(frame, Set.of(measure));
                series.addAll(report.series());
                warnings.addAll(report.warnings());
            } else {
                FlowReports.Flows own = flows.of(frame, Set.of(measure));
                series.addAll(own.series());
                warnings.addAll(own.warnings());
            }
        }
        return stores.transactions().returning(tx -> {
            Collected collected = new Collected();
            fates.eachCustomer(tx, frame, versions -> collect(frame, versions, collected));
            addFacts(tx, frame, collected.cohorts);
            CustomerScores.Scores scored = scores.of(tx, frame, collected.subscribed);
            scored.warning().ifPresent(warnings::add);
            return new CustomerReport(
                    frame.header(ids, FlowReports.FACTS),
                    series,
                    cohorts(frame, collected.cohorts),
                    SurvivalCurve.of(collected.tenures),
                    scored.scores(),
                    scored.health(),
                    scored.activeDays(),
                    topShares(collected.largest),
                    scored.purchases(),
                    List.copyOf(warnings));
        });
    }

    private void collect(Frame frame, List<SubscriptionVersion> versions, Collected collected) {
        int customer = versions.get(0).customer();
        List<Step> steps = settings.timelines().of(versions);
        collected.subscribed.add(customer);
        Instant first = null;
        Instant gone = null;
        for (Step step : steps) {
            if (step.from().isAfter(frame.now())) {
                break;
            }
            if (step.paying()) {
                first = first == null ? step.from() : first;
                gone = null;
            } else if (first != null && gone == null) {
                gone = step.from();
            }
        }
        if (first == null) {
            return;
        }
        Instant end = gone == null ? frame.now() : gone;
        double days = (double) Duration.between(first, end).toSeconds() / SECONDS_OF_A_DAY;
        collected.tenures.add(new SurvivalCurve.Tenure(Math.max(0, days), gone != null));
        largest(frame, steps, collected.largest);
        int bucket = SubscriptionFates.bucket(FlowReader.edges(frame), first);
        if (bucket >= 0 && bucket < frame.buckets().size()) {
            cohort(frame, steps, customer, bucket, collected.cohorts);
        }
    }

    private static void largest(Frame frame, List<Step> steps, Map<String, List<BigInteger>> largest) {
        Instant end = earlier(frame.window().to(), frame.now());
        byCurrency(at(steps, end))
                .forEach((currency, parts) -> largest.computeIfAbsent(currency, code -> new ArrayList<>())
                        .add(parts));
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Map<String, BigInteger> byCurrency(Step step) {
        Map<String, BigInteger> sums = new TreeMap<>();
        step.parts().forEach((slice, parts) -> sums.merge(slice.currency(), parts, BigInteger::add));
        return sums;
    }

    /** The step in force just before an instant. */
    private static Step at(List<Step> steps, Instant before) {
        Step last = steps.get(0);
        for (Step step : steps) {
            if (!step.from().isBefore(before)) {
                break;
            }
            last = step;
        }
        return last;
    }

    private static void cohort(
            Frame frame, List<Step> steps, int customer, int first, Map<Integer, CohortSum> cohorts) {
        CohortSum cohort = cohorts.computeIfAbsent(first, bucket -> new CohortSum());
        cohort.members.add(customer);
        for (int bucket = first; bucket < frame.buckets().size(); bucket++) {
            if (frame.buckets().get(bucket).from().isAfter(frame.now())) {
                break;
            }
            if (cohort.ages.size() == bucket - first) {
                cohort.ages.add(new AgeSum());
            }
            AgeSum age = cohort.ages.get(bucket - first);
            Step step = at(steps, frame.buckets().get(bucket).to());
            age.paying += step.paying() ? 1 : 0;
            byCurrency(step).forEach((currency, parts) -> age.parts.merge(currency, parts, BigInteger::add));
        }
    }

    private void addFacts(Tx tx, Frame frame, Map<Integer, CohortSum> cohorts) {
        Map<Integer, CohortSum> byMember = new HashMap<>();
        Map<CohortSum, Integer> starts = new HashMap<>();
        cohorts.forEach((bucket, cohort) -> {
            starts.put(cohort, bucket);
            cohort.members.forEach(member -> byMember.put(member, cohort));
        });
        List<Instant> edges = FlowReader.edges(frame);
        Set<FactKind> kinds = EnumSet.copyOf(FlowNumbers.kinds(Measure.NET_REVENUE));
        kinds.add(FactKind.USAGE);
        FactFilter filter = reader.filter(tx, frame, kinds, edges.get(0), edges.get(edges.size() - 1));
        stores.facts().aggregate(tx, new FactQuery(filter, edges, Set.of(FactColumn.CUSTOMER), false), cell -> {
            CohortSum cohort = byMember.get(cell.customer());
            int age = cohort == null ? -1 : cell.bucket() - starts.getOrDefault(cohort, 0);
            if (cohort == null || age < 0 || age >= cohort.ages.size()) {
                return;
            }
            if (cell.kind() == FactKind.USAGE) {
                cohort.ages.get(age).active++;
            } else {
                boolean gain = cell.kind() == FactKind.PAYMENT
                        || cell.kind() == FactKind.REFUND_REVERSED
                        || cell.kind() == FactKind.DISPUTE_REVERSED;
                BigInteger amount = gain ? cell.amount() : cell.amount().negate();
                for (AgeSum later : cohort.ages.subList(age, cohort.ages.size())) {
                    later.revenue.merge(cell.currency(), amount, BigInteger::add);
                }
            }
        });
    }

    private List<Cohort> cohorts(Frame frame, Map<Integer, CohortSum> sums) {
        List<Cohort> cohorts = new ArrayList<>();
        sums.forEach((bucket, sum) -> {
            List<Cohort.Age> ages = new ArrayList<>();
            for (AgeSum age : sum.ages) {
                ages.add(new Cohort.Age(
                        ages.size(), age.paying, age.active, shown(age.parts, true), shown(age.revenue, false)));
            }
            Bucket of = frame.buckets().get(bucket);
            cohorts.add(new Cohort(of.label(), of.from(), sum.members.size(), ages));
        });
        return cohorts;
    }

    private Map<String, BigDecimal> shown(Map<String, BigInteger> amounts, boolean parts) {
        Map<String, BigDecimal> shown = new TreeMap<>();
        amounts.forEach((code, amount) -> {
            Currency currency = flows.currency(code);
            int scale = currency.scale();
            shown.put(
                    code,
                    parts
                            ? Mrr.units(amount, scale).rounded(scale, RoundingMode.HALF_EVEN)
                            : new BigDecimal(amount, scale));
        });
        return shown;
    }

    private static Map<String, BigDecimal> topShares(Map<String, List<BigInteger>> largest) {
        Map<String, BigDecimal> shares = new TreeMap<>();
        largest.forEach((currency, all) -> {
            BigInteger total = all.stream().reduce(BigInteger.ZERO, BigInteger::add);
            BigInteger top = all.stream()
                    .sorted(Comparator.reverseOrder())
                    .limit(LARGEST)
                    .reduce(BigInteger.ZERO, BigInteger::add);
            Fraction share = Fraction.of(top, BigInteger.ONE).over(Fraction.of(total, BigInteger.ONE));
            if (share != null) {
                shares.put(currency, share.rounded(RATIO_DECIMALS, RoundingMode.HALF_EVEN));
            }
        });
        return shares;
    }
}
