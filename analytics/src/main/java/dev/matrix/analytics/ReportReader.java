package dev.matrix.analytics;

import dev.matrix.analytics.spi.RollupRange;
import dev.matrix.analytics.spi.RollupSum;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the movements that a report is made of: from the rollups, in one statement, where these have its zone and its bounds; else
 * from the versions of subscriptions, replayed. Both give the same.
 */
record ReportReader(AnalyticsStores stores, Settings settings, Upkeep upkeep) {

    static final String ROLLUPS = "rollups";
    static final String TIMELINES = "timelines";

    /**
     * What a report is made of.
     *
     * @param bucket the bucket's number; −1 for what was before the window
     */
    record Entry(
            int bucket,
            Segment segment,
            String currency,
            Movement movement,
            Amounts amounts,
            LocalDate firstDay,
            LocalDate lastDay) {}

    /** The entries, and where they are from. */
    record Answer(List<Entry> entries, String answeredBy) {}

    /** @param until the last recorded day that counts */
    Answer read(
            Tx tx, Scope scope, Window window, TimeRange range, ZoneId zone, List<Bucket> buckets, LocalDate until) {
        Owner user = scope instanceof Scope.Of of && of.owner().type() == Owner.Type.USER ? of.owner() : null;
        int number = settings.zones().indexOf(zone);
        boolean stored = user == null && number >= 0 && settings.calendar().isAligned(window, range, zone);
        return stored
                ? new Answer(
                        rollups(tx, new RollupRange(number, range, window.from(), window.to(), until), buckets),
                        ROLLUPS)
                : new Answer(replayed(tx, user, range, buckets, until), TIMELINES);
    }

    private List<Entry> rollups(Tx tx, RollupRange range, List<Bucket> buckets) {
        Map<Instant, Integer> places = places(buckets);
        List<RollupSum> sums = new ArrayList<>();
        stores.rollups().read(tx, range, sums::add);
        // Read after the rollups, so that every segment that these have is known.
        Map<Integer, Segment> segments = new HashMap<>();
        stores.directory().segments(tx).forEach((number, key) -> segments.put(number, Segment.of(key)));
        List<Entry> entries = new ArrayList<>(sums.size());
        for (RollupSum sum : sums) {
            Segment segment = segments.get(sum.segment());
            Integer place = sum.bucket() == null ? Integer.valueOf(-1) : places.get(sum.bucket());
            if (segment == null || place == null) {
                throw new IllegalStateException("A rollup has segment " + sum.segment() + " and bucket " + sum.bucket()
                        + ", which are unknown.");
            }
            entries.add(new Entry(
                    place,
                    segment,
                    sum.currency(),
                    sum.movement(),
                    new Amounts(sum.parts(), sum.customers(), sum.payers()),
                    sum.firstDay(),
                    sum.lastDay()));
        }
        return entries;
    }

    private static Map<Instant, Integer> places(List<Bucket> buckets) {
        Map<Instant, Integer> places = new HashMap<>();
        for (int i = 0; i < buckets.size(); i++) {
            places.put(buckets.get(i).from(), i);
        }
        return places;
    }

    private List<Entry> replayed(Tx tx, @Nullable Owner user, TimeRange range, List<Bucket> buckets, LocalDate until) {
        Map<Instant, Integer> places = places(buckets);
        Instant end = buckets.get(buckets.size() - 1).to();
        CustomerCells cells = settings.cells(range, Calendar.over(buckets));
        Map<CellKey, Amounts> sums = new HashMap<>();
        List<SubscriptionVersion> kept = new ArrayList<>();
        Consumer<List<SubscriptionVersion>> add = own -> {
            kept.clear();
            own.stream().filter(version -> !cells.day(version).isAfter(until)).forEach(kept::add);
            cells.of(kept, LocalDate.MIN).forEach((key, amounts) -> {
                if (key.bucket().isBefore(end)) {
                    sums.merge(key, amounts, Amounts::plus);
                }
            });
        };
        if (user == null) {
            upkeep.eachCustomer(tx, add);
        } else {
            Integer number = stores.directory().customers(tx, List.of(user)).get(user);
            if (number != null) {
                upkeep.versions()
                        .byCustomer(stores.timelines().versions(tx, List.of(number)))
                        .values()
                        .forEach(add);
            }
        }
        List<Entry> entries = new ArrayList<>(sums.size());
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

    /** The filters of a query and its scope. */
    List<Filter> filters(ReportQuery query) {
        List<Filter> filters = new ArrayList<>(query.filters());
        if (query.scope() instanceof Scope.Of of && of.owner().type() == Owner.Type.PARTNER) {
            filters.add(Filter.in(Dimension.PARTNER, Segment.value(of.owner().id())));
        }
        for (Filter filter : filters) {
            place(filter.dimension());
        }
        return filters;
    }

    /** The place of a dimension in segments. */
    int place(Dimension dimension) {
        int place = settings.dimensions().indexOf(dimension);
        if (place < 0) {
            throw new InvalidRequestException(
                    "There is no dimension " + dimension + " here; there are " + settings.dimensions() + ".");
        }
        return place;
    }
}
