package dev.matrix.money;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.money.Freshness;
import dev.matrix.core.money.RateSide;
import dev.matrix.money.spi.RateClass;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One stored price that a path may go by. A manual rate or a fixed one stands: on each day that it holds it is of that day. */
record Quote(
        String snapshotId,
        String source,
        RateClass rateClass,
        String base,
        String quote,
        QuotedRate rate,
        LocalDate observedOn,
        Instant observedAt,
        @Nullable LocalDate validUntil) {

    private static final Duration DAY = Duration.ofDays(1);

    Quote {
        requireNonNull(rateClass, "rateClass");
    }

    /** The price of {@code quote} in a snapshot; null if it has none. */
    static @Nullable Quote of(RateSnapshot snapshot, RateClass rateClass, String quote) {
        QuotedRate rate = snapshot.rates().get(quote);
        return rate == null
                ? null
                : new Quote(
                        snapshot.id(),
                        snapshot.source(),
                        rateClass,
                        snapshot.base(),
                        quote,
                        rate,
                        snapshot.observedOn(),
                        snapshot.observedAt(),
                        snapshot.validUntil());
    }

    boolean stands() {
        return rateClass.equals(RateClass.MANUAL);
    }

    /** The day that it is of, for somebody who asks on a day. */
    LocalDate dayFor(LocalDate asked) {
        if (!stands()) {
            return observedOn;
        }
        return validUntil != null && validUntil.isBefore(asked) ? validUntil : asked;
    }

    Freshness freshness(Asked asked, Map<RateClass, RateAges> ages) {
        if (stands()) {
            return validUntil != null && validUntil.isBefore(asked.day()) ? Freshness.STALE : Freshness.FRESH;
        }
        RateAges limits = ages.getOrDefault(rateClass, rateClass.ages());
        Instant instant = asked.instant();
        if (rateClass.isIntraday() && instant != null) {
            return judge(Duration.between(observedAt, instant), limits);
        }
        Duration days = Duration.ofDays(asked.day().toEpochDay() - observedOn.toEpochDay());
        return judge(days, rateClass.isIntraday() ? new RateAges(DAY, DAY) : limits);
    }

    private static Freshness judge(Duration age, RateAges limits) {
        if (age.compareTo(limits.refused()) > 0) {
            return Freshness.STALE;
        }
        return age.compareTo(limits.aged()) > 0 ? Freshness.AGED : Freshness.FRESH;
    }

    boolean hasSides() {
        return rate.bid() != null;
    }

    /** What the leg over this quote is computed with; the inverse of (bid, ask) is (1/ask, 1/bid). */
    BigDecimal value(RateSide side, boolean inverted) {
        BigDecimal bid = rate.bid();
        BigDecimal ask = rate.ask();
        if (bid == null || ask == null || side == RateSide.MID) {
            return rate.mid();
        }
        return (side == RateSide.BID) == inverted ? ask : bid;
    }
}
