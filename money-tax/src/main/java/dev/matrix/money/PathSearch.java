package dev.matrix.money;

import dev.matrix.core.money.Conversion.NoRate.Reason;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Freshness;
import dev.matrix.money.Path.Hop;
import dev.matrix.money.spi.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the first way between two currencies that works: a manual rate of the pair, one table of a source, two
 * tables over a pivot; longer ones are never built. A retired currency is first left by its fixed rate.
 */
final class PathSearch {

    private static final List<String> PIVOTS = List.of("USD", "EUR");

    private static final Comparator<RateSnapshot> LATER = Comparator.comparing(RateSnapshot::observedOn)
            .thenComparing(RateSnapshot::fetchedAt)
            .thenComparing(RateSnapshot::id);

    private final RateView view;
    private final RateView.Pair pair;
    private final Asked asked;
    private final Feeds feeds;
    private final Reader reader;
    private @Nullable Path working;
    private @Nullable Path stale;
    private @Nullable Path apart;

    PathSearch(RateView view, RateView.Pair pair, Asked asked, Feeds feeds, Reader reader) {
        this.view = view;
        this.pair = pair;
        this.asked = asked;
        this.feeds = feeds;
        this.reader = reader;
    }

    /** Searches; what was found says the rest. */
    PathSearch run() {
        List<Hop> leaving = new ArrayList<>();
        List<Hop> reaching = new ArrayList<>();
        if (offer(manual(pair.from(), pair.to()))) {
            return this;
        }
        Currency from = live(pair.from(), leaving, false);
        Currency to = live(pair.to(), reaching, true);
        boolean replaced = !leaving.isEmpty() || !reaching.isEmpty();
        if (from.code().equals(to.code())) {
            offer(joined(leaving, List.of(), reaching));
        } else if (!(replaced && offer(joined(leaving, manual(from, to), reaching)))
                && !overOneTable(from, to, leaving, reaching)) {
            overTwoTables(from, to, leaving, reaching);
        }
        return this;
    }

    /** The way that works; null: none does. */
    @Nullable
    Path working() {
        return working;
    }

    /** The first way that is too old; null: there is none. */
    @Nullable
    Path stale() {
        return stale;
    }

    Reason reason() {
        if (stale != null) {
            return Reason.STALE;
        }
        if (apart != null) {
            return Reason.LEGS_APART;
        }
        return feeds.isKnown(pair.from()) && feeds.isKnown(pair.to()) ? Reason.NO_RATE : Reason.UNKNOWN_CURRENCY;
    }

    /** What was too old, or too far apart; null: nothing was. */
    @Nullable
    Path lastKnown() {
        return stale != null ? stale : apart;
    }

    /** Takes up a way; true once one works. */
    private boolean offer(@Nullable List<Hop> hops) {
        if (hops != null && !hops.isEmpty()) {
            Path path = Path.of(pair.from(), pair.to(), hops, pair.side(), asked.day());
            if (path.isApart()) {
                apart = apart == null ? path : apart;
            } else if (path.freshness(asked, feeds.ages()) == Freshness.STALE) {
                stale = stale == null ? path : stale;
            } else {
                working = path;
            }
        }
        return working != null;
    }

    private boolean overOneTable(Currency from, Currency to, List<Hop> leaving, List<Hop> reaching) {
        for (Series series : view.series()) {
            if (!Feeds.isManual(series.source()) && offer(joined(leaving, within(series, from, to), reaching))) {
                return true;
            }
        }
        return false;
    }

    private void overTwoTables(Currency from, Currency to, List<Hop> leaving, List<Hop> reaching) {
        for (String code : PIVOTS) {
            Currency pivot = feeds.currency(code);
            if (pivot == null || code.equals(from.code()) || code.equals(to.code())) {
                continue;
            }
            for (Series first : view.series()) {
                List<Hop> there = within(first, from, pivot);
                for (Series second : there == null ? List.<Series>of() : List.copyOf(view.series())) {
                    List<Hop> on = first.equals(second) ? null : within(second, pivot, to);
                    if (there != null && on != null && offer(joined(leaving, joined(there, on, List.of()), reaching))) {
                        return;
                    }
                }
            }
        }
    }

    /** The hops of one table: along its base, against it, or across it; null if it lacks one of the two. */
    private @Nullable List<Hop> within(Series series, Currency from, Currency to) {
        Currency base = baseOf(series, from, to);
        if (base == null) {
            return null;
        }
        List<Hop> hops = new ArrayList<>();
        return hop(series, base, from, true, hops) && hop(series, base, to, false, hops) ? hops : null;
    }

    private @Nullable Currency baseOf(Series series, Currency from, Currency to) {
        if (series.base().equals(from.code())) {
            return from;
        }
        return series.base().equals(to.code()) ? to : feeds.currency(series.base());
    }

    private boolean hop(Series series, Currency base, Currency other, boolean inverted, List<Hop> hops) {
        if (base.code().equals(other.code())) {
            return true;
        }
        Quote quote = view.quote(series, other.code(), reader);
        if (quote == null) {
            return false;
        }
        hops.add(new Hop(quote, base, other, inverted));
        return true;
    }

    /** Of a pair's manual rates, whose base may be either, the one that was set for the later day. */
    private @Nullable List<Hop> manual(Currency from, Currency to) {
        String source = Feeds.manual(from.code(), to.code());
        Series along = new Series(source, from.code());
        Series against = new Series(source, to.code());
        RateSnapshot one = view.table(along);
        RateSnapshot other = view.table(against);
        boolean otherIsLater = other != null && (one == null || LATER.compare(one, other) < 0);
        return within(otherIsLater ? against : along, from, to);
    }

    /** The currency that is in use instead of this one on the day asked for, and the hop to it or from it. */
    private Currency live(Currency currency, List<Hop> hops, boolean reaching) {
        Quote fixed = RetiredCurrencies.shipped().fixed(currency.code(), asked.day());
        Currency successor = fixed == null ? null : feeds.currency(fixed.base());
        if (fixed == null || successor == null) {
            return currency;
        }
        hops.add(new Hop(fixed, successor, currency, !reaching));
        return successor;
    }

    private static @Nullable List<Hop> joined(List<Hop> leaving, @Nullable List<Hop> between, List<Hop> reaching) {
        if (between == null) {
            return null;
        }
        List<Hop> hops = new ArrayList<>(leaving);
        hops.addAll(between);
        hops.addAll(reaching);
        return hops;
    }
}
