package dev.matrix.money;

import dev.matrix.core.money.AppliedRate;
import dev.matrix.core.money.Conversion;
import dev.matrix.core.money.Conversion.Converted;
import dev.matrix.core.money.Conversion.NoRate;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Freshness;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.RatePoint;
import dev.matrix.core.money.RateQuery;
import dev.matrix.core.money.RateSide;
import dev.matrix.core.money.StalePolicy;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Answers {@link RateQuery} from memory: the way found before is gone again while it is fresh, else one is searched. */
final class Conversions {

    private final Feeds feeds;
    private final InstantSource clock;

    Conversions(Feeds feeds, InstantSource clock) {
        this.feeds = feeds;
        this.clock = clock;
    }

    Conversion convert(Money source, Currency target, RateQuery query, RateMemory memory, Reader reader) {
        Currency from = source.currency();
        Instant now = clock.instant();
        if (from.equals(target)) {
            AppliedRate one = AppliedRate.of(
                    from,
                    target,
                    List.of(),
                    RateSide.MID,
                    BigDecimal.ZERO,
                    asked(query.point(), now).day(),
                    0);
            return new Converted(source, source, one, Freshness.FRESH);
        }
        RateView view = view(query.point(), now, memory, reader);
        Asked asked =
                query.point() instanceof RatePoint.Snapshot ? new Asked(view.day(), null) : asked(query.point(), now);
        RateView.Pair pair = new RateView.Pair(from, target, query.side(), asked.instant() == null);
        Path way = view.way(pair);
        if (way != null) {
            Freshness age = way.freshness(asked, feeds.ages());
            if (age != Freshness.STALE) {
                return converted(source, way, asked, age, query);
            }
        }
        return searched(source, target, query, view, pair, asked, reader);
    }

    private static RateView view(RatePoint point, Instant now, RateMemory memory, Reader reader) {
        return point instanceof RatePoint.Latest
                ? memory.newest(reader)
                : memory.past(point, asked(point, now), reader);
    }

    /** A day that isn't over is asked about as of now. */
    private static Asked asked(RatePoint point, Instant now) {
        if (point instanceof RatePoint.OnDate on) {
            return new Asked(on.day(), on.day().equals(RateMemory.day(now)) ? now : null);
        }
        Instant instant = point instanceof RatePoint.At at ? at.asKnownAt() : now;
        return new Asked(RateMemory.day(instant), instant);
    }

    private Conversion searched(
            Money source,
            Currency target,
            RateQuery query,
            RateView view,
            RateView.Pair pair,
            Asked asked,
            Reader reader) {
        PathSearch search = new PathSearch(view, pair, asked, feeds, reader).run();
        Path working = search.working();
        if (working != null) {
            reader.keep(() -> view.remember(pair, working));
            return converted(source, working, asked, working.freshness(asked, feeds.ages()), query);
        }
        Path stale = search.stale();
        if (stale != null && query.stale() == StalePolicy.USE_AND_FLAG) {
            return converted(source, stale, asked, Freshness.STALE, query);
        }
        Path last = search.lastKnown();
        return new NoRate(
                source, target, search.reason(), last == null ? null : last.rate(asked.day(), query.markupPercent()));
    }

    private static Converted converted(Money source, Path way, Asked asked, Freshness age, RateQuery query) {
        AppliedRate rate = way.rate(asked.day(), query.markupPercent());
        return new Converted(source, rate.apply(source, query.rounding()), rate, age);
    }
}
