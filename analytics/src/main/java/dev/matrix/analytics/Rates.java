package dev.matrix.analytics;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Conversion;
import dev.matrix.core.money.Conversion.Converted;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.CurrencyConverter;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.RateLeg;
import dev.matrix.core.money.RateQuery;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The exchange rates of one report: at the bound of a bucket that of the day before, for a bound that lies ahead the newest. Each is
 * asked for once per pair and day. Not thread-safe.
 */
final class Rates {

    private record Key(Currency from, @Nullable LocalDate day) {}

    private final CurrencyConverter converter;
    private final Currency target;
    private final List<Bucket> buckets;
    private final ZoneId zone;
    private final Instant now;
    private final Map<Key, Fraction> known = new HashMap<>();

    Rates(@Nullable CurrencyConverter converter, Currency target, List<Bucket> buckets, ZoneId zone, Instant now) {
        if (converter == null) {
            throw new InvalidRequestException("No currency can be asked for here: analytics was built without a"
                    + " converter. Leave the currency out, or add AnalyticsBuilder.converter(…).");
        }
        this.converter = converter;
        this.target = target;
        this.buckets = buckets;
        this.zone = zone;
        this.now = now;
    }

    /** By edge: its number is that of the bucket that begins there. */
    IntFunction<Fraction> of(Currency from) {
        return edge -> {
            Instant at = edge < buckets.size()
                    ? buckets.get(edge).from()
                    : buckets.get(edge - 1).to();
            LocalDate day =
                    at.isAfter(now) ? null : at.atZone(zone).toLocalDate().minusDays(1);
            return known.computeIfAbsent(new Key(from, day), this::ask);
        };
    }

    private Fraction ask(Key key) {
        if (key.from().equals(target)) {
            return Fraction.of(1);
        }
        LocalDate day = key.day();
        RateQuery query = day == null ? RateQuery.latest() : RateQuery.on(day);
        Conversion conversion = converter.convert(Money.of(BigDecimal.ONE, key.from()), target, query);
        if (!(conversion instanceof Converted converted)) {
            throw new Unprocessable("There is no rate " + key.from().code() + "/" + target.code()
                    + (day == null ? " now" : " for " + day)
                    + ". Add a source or a manual rate, or leave the currency out to see each for itself.");
        }
        Fraction rate = Fraction.of(1);
        for (RateLeg leg : converted.rate().legs()) {
            Fraction value = Fraction.of(leg.value());
            rate = leg.inverted() ? rate.dividedBy(value) : rate.times(value);
        }
        return rate;
    }
}
