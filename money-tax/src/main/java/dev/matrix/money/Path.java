package dev.matrix.money;

import dev.matrix.core.money.AppliedRate;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Freshness;
import dev.matrix.core.money.RateLeg;
import dev.matrix.core.money.RateSide;
import dev.matrix.money.spi.RateClass;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A way from one currency to another over stored quotes, with its rate as computed for the day on which it was found. */
final class Path {

    /** The most days between the observations of two legs. */
    private static final int MOST_DAYS_APART = 5;

    /** One quote gone along or against its direction. */
    record Hop(Quote quote, Currency base, Currency price, boolean inverted) {

        private RateLeg leg(RateSide side) {
            return new RateLeg(quote.snapshotId(), quote.source(), base, price, quote.value(side, inverted), inverted);
        }
    }

    private final List<Quote> quotes;
    private final AppliedRate rate;

    private Path(List<Quote> quotes, AppliedRate rate) {
        this.quotes = quotes;
        this.rate = rate;
    }

    static Path of(Currency from, Currency to, List<Hop> hops, RateSide side, LocalDate day) {
        List<Quote> quotes = hops.stream().map(Hop::quote).toList();
        List<RateLeg> legs = new ArrayList<>();
        hops.forEach(hop -> legs.add(hop.leg(side)));
        boolean sided = quotes.stream().allMatch(Quote::hasSides);
        LocalDate observedOn = observedOn(quotes, day);
        AppliedRate rate = AppliedRate.of(
                from, to, legs, sided ? side : RateSide.MID, BigDecimal.ZERO, observedOn, ageDays(observedOn, day));
        return new Path(quotes, rate);
    }

    /** The freshness of the worst leg. */
    Freshness freshness(Asked asked, Map<RateClass, RateAges> ages) {
        Freshness worst = Freshness.FRESH;
        for (Quote quote : quotes) {
            Freshness each = quote.freshness(asked, ages);
            worst = each.compareTo(worst) > 0 ? each : worst;
        }
        return worst;
    }

    /** Whether its legs are too far apart in time to be multiplied. */
    boolean isApart() {
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        for (Quote quote : quotes) {
            if (!quote.stands()) {
                earliest = Math.min(earliest, quote.observedOn().toEpochDay());
                latest = Math.max(latest, quote.observedOn().toEpochDay());
            }
        }
        return earliest < latest && latest - earliest > MOST_DAYS_APART;
    }

    /** Its rate for somebody who asks on a day. */
    AppliedRate rate(LocalDate day, BigDecimal markupPercent) {
        LocalDate observedOn = observedOn(quotes, day);
        int ageDays = ageDays(observedOn, day);
        if (markupPercent.signum() != 0) {
            return AppliedRate.of(rate.from(), rate.to(), rate.legs(), rate.side(), markupPercent, observedOn, ageDays);
        }
        if (ageDays == rate.ageDays() && observedOn.equals(rate.observedOn())) {
            return rate;
        }
        return new AppliedRate(
                rate.from(), rate.to(), rate.rate(), rate.legs(), rate.side(), markupPercent, observedOn, ageDays);
    }

    private static LocalDate observedOn(List<Quote> quotes, LocalDate day) {
        LocalDate oldest = quotes.get(0).dayFor(day);
        for (Quote quote : quotes) {
            LocalDate each = quote.dayFor(day);
            oldest = each.isBefore(oldest) ? each : oldest;
        }
        return oldest;
    }

    /** A source may be a day ahead of UTC; that is no age. */
    private static int ageDays(LocalDate observedOn, LocalDate day) {
        return (int) Math.max(0, day.toEpochDay() - observedOn.toEpochDay());
    }
}
