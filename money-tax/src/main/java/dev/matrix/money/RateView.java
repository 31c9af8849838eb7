package dev.matrix.money;

import dev.matrix.core.money.Currency;
import dev.matrix.core.money.RateSide;
import dev.matrix.money.spi.AsOf;
import dev.matrix.money.spi.FxSnapshotStore;
import dev.matrix.money.spi.Series;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The tables that conversions of one point in time go by, one a series in the order of preference, and the ways that were found in
 * them. Only what is found and looked up changes; the tables don't.
 */
final class RateView {

    /**
     * A pair of currencies and a side of its price.
     *
     * @param wholeDays whether ages count in whole days: a day that is over has another way than it had while it lasted
     */
    record Pair(Currency from, Currency to, RateSide side, boolean wholeDays) {}

    private record Wanted(Series series, String quote) {}

    private final LocalDate day;
    private final Map<Series, RateSnapshot> tables;
    private final Map<Series, AsOf> bounds;
    private final Feeds feeds;
    private final FxSnapshotStore store;
    private final Map<Pair, Path> ways = new ConcurrentHashMap<>();
    private final Map<Wanted, Optional<Quote>> lastQuotes = new ConcurrentHashMap<>();

    private RateView(
            LocalDate day,
            Map<Series, RateSnapshot> tables,
            Map<Series, AsOf> bounds,
            Feeds feeds,
            FxSnapshotStore store) {
        this.day = day;
        this.tables = tables;
        this.bounds = bounds;
        this.feeds = feeds;
        this.store = store;
    }

    /**
     * A view of these snapshots.
     *
     * @param day whose fixed and manual rates hold
     * @param bounds by what each series was read, in order; what a table lacks is looked for within them
     */
    static RateView of(
            LocalDate day, List<RateSnapshot> snapshots, List<AsOf> bounds, Feeds feeds, FxSnapshotStore store) {
        Map<Series, RateSnapshot> found = new LinkedHashMap<>();
        snapshots.forEach(snapshot -> found.put(new Series(snapshot.source(), snapshot.base()), snapshot));
        Map<Series, RateSnapshot> inOrder = new LinkedHashMap<>();
        for (Series series : feeds.inOrder(found.keySet())) {
            RateSnapshot table = found.get(series);
            if (table != null) {
                inOrder.put(series, table);
            }
        }
        Map<Series, AsOf> bySeries = new LinkedHashMap<>();
        bounds.forEach(each -> bySeries.put(each.series(), each));
        return new RateView(day, inOrder, bySeries, feeds, store);
    }

    /** One snapshot alone, whoever's. */
    static RateView of(RateSnapshot snapshot, Feeds feeds, FxSnapshotStore store) {
        Series series = new Series(snapshot.source(), snapshot.base());
        return new RateView(snapshot.observedOn(), Map.of(series, snapshot), Map.of(), feeds, store);
    }

    LocalDate day() {
        return day;
    }

    /** The series that have a table, in the order of preference. */
    Collection<Series> series() {
        return tables.keySet();
    }

    /** All series that were asked for: one whose first observation is for a later day has no table yet. */
    Collection<Series> known() {
        return bounds.keySet();
    }

    @Nullable
    RateSnapshot table(Series series) {
        return tables.get(series);
    }

    /** The newest observation of a source in these tables; null: none. */
    @Nullable
    Instant newestObservedAt(String source) {
        return tables.values().stream()
                .filter(table -> table.source().equals(source))
                .map(RateSnapshot::observedAt)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The newest day of a source in these tables; null: none. */
    @Nullable
    LocalDate newestDay(String source) {
        return tables.values().stream()
                .filter(table -> table.source().equals(source))
                .map(RateSnapshot::observedOn)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The way that was found before; null: none yet. */
    @Nullable
    Path way(Pair pair) {
        return ways.get(pair);
    }

    void remember(Pair pair, Path way) {
        ways.put(pair, way);
    }

    /** Takes over what was looked for in older observations, of the series that have changed by newer ones alone. */
    void inherit(RateView former, Collection<Series> rewritten) {
        former.lastQuotes.forEach((wanted, quote) -> {
            RateSnapshot table = tables.get(wanted.series());
            if (table != null
                    && !rewritten.contains(wanted.series())
                    && !table.rates().containsKey(wanted.quote())) {
                lastQuotes.put(wanted, quote);
            }
        });
    }

    /** The price of a currency in a table; where the table lacks it, the last one that its series has had. */
    @Nullable
    Quote quote(Series series, String code, Reader reader) {
        RateSnapshot table = tables.get(series);
        if (table == null) {
            return null;
        }
        Quote quote = Quote.of(table, feeds.classOf(series.source()), code);
        AsOf bound = bounds.get(series);
        return quote != null || bound == null || Feeds.isManual(series.source()) ? quote : last(bound, code, reader);
    }

    private @Nullable Quote last(AsOf bound, String code, Reader reader) {
        Wanted wanted = new Wanted(bound.series(), code);
        Optional<Quote> known = lastQuotes.get(wanted);
        if (known != null) {
            return known.orElse(null);
        }
        Optional<Quote> read = reader.read(tx -> store.newestQuoting(tx, bound, code))
                .map(snapshot -> Quote.of(snapshot, feeds.classOf(snapshot.source()), code));
        reader.keep(() -> lastQuotes.put(wanted, read));
        return read.orElse(null);
    }
}
