package dev.matrix.analytics;

import dev.matrix.analytics.ReportReader.Entry;
import dev.matrix.core.event.payload.SubscriptionItem;
import dev.matrix.core.money.Currencies;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** MRR and its movements from versions of subscriptions alone: pure, usable without a Matrix. */
public final class RevenueEngine {

    private RevenueEngine() {}

    /**
     * How MRR went from bucket to bucket, from the first change to the last one, per currency.
     *
     * @param versions of any customers, in any order
     * @return by currency, then in time order; states are all FINAL. Empty if nothing was ever paid
     * @throws dev.matrix.core.InvalidRequestException if that would be more than 20,000 buckets
     */
    public static List<RollForward> replay(
            Iterable<SubscriptionVersion> versions, MrrPolicy policy, TimeRange range, ZoneId zone) {
        Map<Integer, List<SubscriptionVersion>> byCustomer = new TreeMap<>();
        Currencies.Builder currencies = Currencies.builder();
        for (SubscriptionVersion version : versions) {
            byCustomer
                    .computeIfAbsent(version.customer(), customer -> new ArrayList<>())
                    .add(version);
            for (SubscriptionItem item : version.terms().state().items()) {
                currencies.add(item.price().currency());
            }
        }
        Settings settings = new Settings(
                1, policy, List.of(ZoneOffset.UTC), Calendar.STANDARD, List.of(Dimension.PLAN), Duration.ZERO);
        CustomerCells cells = settings.cells(range, Calendar.STANDARD.bucketing(range, zone));
        Map<CellKey, Amounts> sums = new HashMap<>();
        byCustomer
                .values()
                .forEach(own -> cells.of(own, LocalDate.MIN)
                        .forEach((key, amounts) -> sums.merge(key, amounts, Amounts::plus)));
        sums.values().removeIf(Amounts::isZero);
        if (sums.isEmpty()) {
            return List.of();
        }
        Instant from = sums.keySet().stream()
                .map(CellKey::bucket)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Instant last = sums.keySet().stream()
                .map(CellKey::bucket)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Instant to = Calendar.STANDARD.span(last, range, zone).to();
        List<Bucket> buckets = Calendar.STANDARD.buckets(new Window(from, to), range, zone);
        return rollForwards(entries(sums, buckets), buckets, currencies.build(), policy);
    }

    private static List<Entry> entries(Map<CellKey, Amounts> sums, List<Bucket> buckets) {
        Map<Instant, Integer> places = new HashMap<>();
        for (int i = 0; i < buckets.size(); i++) {
            places.put(buckets.get(i).from(), i);
        }
        List<Entry> entries = new ArrayList<>();
        sums.forEach((key, amounts) -> entries.add(new Entry(
                places.getOrDefault(key.bucket(), -1),
                key.slice().segment(),
                key.slice().currency(),
                key.movement(),
                amounts,
                key.recordedDay(),
                key.recordedDay())));
        return entries;
    }

    private static List<RollForward> rollForwards(
            List<Entry> entries, List<Bucket> buckets, Currencies currencies, MrrPolicy policy) {
        List<RollForward> all = new ArrayList<>();
        for (Line line : new Lines(List.of(), buckets.size(), currencies).of(entries, List.of())) {
            RevenueNumbers numbers = new RevenueNumbers(line, policy);
            for (int i = 0; i < buckets.size(); i++) {
                BigDecimal closing = numbers.balance(i + 1);
                Bucket bucket = buckets.get(i);
                all.add(numbers.rollForward(Point.of(bucket, closing, BucketState.FINAL), i));
            }
        }
        return all;
    }
}
