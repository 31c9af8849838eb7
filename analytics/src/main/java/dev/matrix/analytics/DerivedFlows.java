package dev.matrix.analytics;

import dev.matrix.analytics.FlowReports.Values;
import dev.matrix.analytics.spi.Fact;
import dev.matrix.analytics.spi.FactCell;
import dev.matrix.analytics.spi.FactFilter;
import dev.matrix.analytics.spi.FactKey;
import dev.matrix.analytics.spi.FactKind;
import dev.matrix.analytics.spi.FactQuery;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.spi.Tx;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Measures that one bucket's facts alone don't make: they look back, pair facts, or follow subscriptions. */
record DerivedFlows(AnalyticsStores stores, FlowReader reader, SubscriptionFates fates, Currencies currencies) {

    private static final int AT_ONCE = 5_000;
    private static final Duration RUN_RATE = Duration.ofDays(30);
    private static final Duration RECOVERY = Duration.ofDays(30);
    private static final Fraction MONTHS = Fraction.of(365, 360);
    private static final long MILLIS_OF_AN_HOUR = 3_600_000;

    List<Values> of(Tx tx, Frame frame, Measure measure) {
        return switch (measure) {
            case STICKINESS -> plain(stickiness(tx, frame));
            case USAGE_RUN_RATE -> usageRunRate(tx, frame);
            case INSTANCE_HOURS -> plain(instanceHours(tx, frame));
            case RECOVERY -> plain(recovery(tx, frame));
            case TRIAL_CONVERSION -> plain(fates.trialConversion(tx, frame));
            case INVOLUNTARY_CHURN -> plain(fates.involuntaryChurn(tx, frame));
            default -> throw new IllegalArgumentException(measure + " is made elsewhere.");
        };
    }

    private static List<Values> plain(List<@Nullable Fraction> values) {
        return List.of(new Values(null, Map.of(), values));
    }

    static List<@Nullable Fraction> ratios(long[] parts, long[] wholes) {
        List<@Nullable Fraction> ratios = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            ratios.add(FlowNumbers.ratio(parts[i], wholes[i]));
        }
        return ratios;
    }

    /** Days that have not begun are left out of the mean. */
    private List<@Nullable Fraction> stickiness(Tx tx, Frame frame) {
        List<Bucket> days = frame.settings().calendar().buckets(frame.window(), TimeRange.DAY, frame.zone());
        List<Instant> edges = new ArrayList<>(days.stream().map(Bucket::from).toList());
        edges.add(frame.window().to());
        long[] daily = new long[days.size()];
        active(tx, frame, edges, cell -> daily[cell.bucket()] += cell.customers());
        long[] whole = new long[frame.buckets().size()];
        active(tx, frame, FlowReader.edges(frame), cell -> whole[cell.bucket()] += cell.customers());
        List<@Nullable Fraction> values = new ArrayList<>();
        int day = 0;
        for (int i = 0; i < whole.length; i++) {
            long sum = 0;
            long count = 0;
            Instant end = frame.buckets().get(i).to();
            while (day < daily.length && days.get(day).from().isBefore(end)) {
                sum += daily[day];
                count += days.get(day).from().isAfter(frame.now()) ? 0 : 1;
                day++;
            }
            values.add(FlowNumbers.ratio(sum, count * whole[i]));
        }
        return values;
    }

    private void active(Tx tx, Frame frame, List<Instant> edges, Consumer<FactCell> sink) {
        FactFilter filter =
                reader.filter(tx, frame, EnumSet.of(FactKind.USAGE), edges.get(0), edges.get(edges.size() - 1));
        stores.facts().aggregate(tx, new FactQuery(filter, edges, Set.of(), true), sink);
    }

    private List<Values> usageRunRate(Tx tx, Frame frame) {
        int buckets = frame.buckets().size();
        Map<String, List<@Nullable Fraction>> byCurrency = new TreeMap<>();
        for (int i = 0; i < buckets; i++) {
            int bucket = i;
            Instant end = frame.buckets().get(i).to().isAfter(frame.now())
                    ? frame.now()
                    : frame.buckets().get(i).to();
            Instant from = end.minus(RUN_RATE);
            FactFilter filter = reader.filter(tx, frame, EnumSet.of(FactKind.METERED), from, end);
            stores.facts().aggregate(tx, new FactQuery(filter, List.of(from, end), Set.of(), false), cell -> {
                int scale = currencies
                        .find(cell.currency())
                        .map(each -> each.scale())
                        .orElse(0);
                byCurrency
                        .computeIfAbsent(
                                cell.currency(), code -> new ArrayList<>(Collections.nCopies(buckets, Fraction.ZERO)))
                        .set(
                                bucket,
                                Fraction.of(cell.amount(), BigInteger.TEN.pow(scale))
                                        .times(MONTHS));
            });
        }
        return byCurrency.entrySet().stream()
                .map(each -> new Values(currencies.get(each.getKey()), Map.of(), each.getValue()))
                .toList();
    }

    private void scan(Tx tx, FactFilter filter, Consumer<Fact> sink) {
        FactKey after = null;
        while (true) {
            List<Fact> page = stores.facts().scan(tx, filter, after, AT_ONCE);
            page.forEach(sink);
            if (page.size() < AT_ONCE) {
                return;
            }
            after = page.get(page.size() - 1).key();
        }
    }

    private List<@Nullable Fraction> instanceHours(Tx tx, Frame frame) {
        Map<String, List<Fact>> byInstance = new HashMap<>();
        FactFilter filter = reader.filter(
                tx,
                frame,
                EnumSet.of(FactKind.INSTANCE_RUNNING, FactKind.INSTANCE_STOPPED),
                Instant.EPOCH,
                frame.window().to());
        scan(
                tx,
                filter,
                fact -> byInstance
                        .computeIfAbsent(fact.customer() + " " + fact.resourceId(), key -> new ArrayList<>())
                        .add(fact));
        long[] millis = new long[frame.buckets().size()];
        for (List<Fact> own : byInstance.values()) {
            own.sort(Comparator.comparing(Fact::occurredAt).thenComparing(Fact::eventId));
            Instant since = null;
            for (Fact fact : own) {
                if (fact.kind() == FactKind.INSTANCE_RUNNING) {
                    since = since == null ? fact.occurredAt() : since;
                } else if (since != null) {
                    ran(frame, millis, since, fact.occurredAt());
                    since = null;
                }
            }
            if (since != null && since.isBefore(frame.now())) {
                ran(frame, millis, since, frame.now());
            }
        }
        return Arrays.stream(millis)
                .mapToObj(each -> (@Nullable Fraction) Fraction.of(each, MILLIS_OF_AN_HOUR))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static void ran(Frame frame, long[] millis, Instant from, Instant to) {
        for (int i = 0; i < millis.length; i++) {
            Bucket bucket = frame.buckets().get(i);
            Instant begin = from.isAfter(bucket.from()) ? from : bucket.from();
            Instant end = to.isBefore(bucket.to()) ? to : bucket.to();
            millis[i] += begin.isBefore(end) ? Duration.between(begin, end).toMillis() : 0;
        }
    }

    private List<@Nullable Fraction> recovery(Tx tx, Frame frame) {
        List<Instant> edges = FlowReader.edges(frame);
        List<Fact> failed = new ArrayList<>();
        scan(
                tx,
                reader.filter(
                        tx, frame, EnumSet.of(FactKind.INVOICE_FAILED), edges.get(0), edges.get(edges.size() - 1)),
                failed::add);
        Map<FactKey, Fact> paid = new HashMap<>();
        List<FactKey> keys = failed.stream()
                .map(fact -> new FactKey(
                        FactKind.INVOICE_PAID, fact.customer(), fact.key().key()))
                .toList();
        stores.facts().find(tx, keys).forEach(fact -> paid.put(fact.key(), fact));
        long[] recovered = new long[frame.buckets().size()];
        long[] settled = new long[frame.buckets().size()];
        for (int i = 0; i < failed.size(); i++) {
            int at = Collections.binarySearch(edges, failed.get(i).occurredAt());
            int bucket = at >= 0 ? at : -at - 2;
            Instant last = failed.get(i).occurredAt().plus(RECOVERY);
            Fact payment = paid.get(keys.get(i));
            boolean inTime = payment != null
                    && payment.recordedAt().isBefore(frame.recordedBefore())
                    && !payment.occurredAt().isAfter(last);
            recovered[bucket] += inTime ? 1 : 0;
            settled[bucket] += inTime || last.isBefore(frame.now()) ? 1 : 0;
        }
        return ratios(recovered, settled);
    }
}
