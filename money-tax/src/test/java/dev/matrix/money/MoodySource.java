package dev.matrix.money;

import dev.matrix.core.spi.HttpTransport;
import dev.matrix.money.spi.FetchRequest;
import dev.matrix.money.spi.ObservedRates;
import dev.matrix.money.spi.RateClass;
import dev.matrix.money.spi.RateFetch;
import dev.matrix.money.spi.RateSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A simulated source of EUR to USD, each hour: it fails, throws, lags, repeats itself, answers with another base, dates itself ahead
 * and now and then lies tenfold. What is true is a function of the hour alone, so a test can tell lies from rates.
 */
final class MoodySource implements RateSource {

    private static final Duration HOUR = Duration.ofHours(1);

    private final RandomGenerator chance;
    private final double moods;
    private int lies;

    /**
     * @param chance what its moods are drawn from
     * @param moods how often it misbehaves, 0 to 1
     */
    MoodySource(RandomGenerator chance, double moods) {
        this.chance = chance;
        this.moods = moods;
    }

    /** The true rate of an hour: 1.1 and up to 2 % more. */
    static BigDecimal truth(Instant hour) {
        long step = Math.floorMod(hour.getEpochSecond() / HOUR.toSeconds() * 7, 21);
        return new BigDecimal("1.1")
                .multiply(BigDecimal.ONE.add(BigDecimal.valueOf(step, 3)))
                .setScale(6, RoundingMode.UNNECESSARY);
    }

    @Override
    public String name() {
        return "moody";
    }

    @Override
    public RateClass rateClass() {
        return RateClass.INTRADAY_FIAT;
    }

    @Override
    public RateFetch fetch(FetchRequest request, HttpTransport transport) {
        Instant hour = request.now().truncatedTo(ChronoUnit.HOURS);
        if (chance.nextDouble() >= moods) {
            return observed(hour, truth(hour));
        }
        return switch (chance.nextInt(7)) {
            case 0 -> RateFetch.Failed.passing("in a mood");
            case 1 -> new RateFetch.Failed(true, "busy", Duration.ofMinutes(7));
            case 2 -> new RateFetch.NotModified();
            case 3 -> observed(hour.minus(HOUR), truth(hour.minus(HOUR)));
            case 4 -> observed(hour, request.newestObservedOn() == null ? truth(hour) : lie(hour));
            case 5 -> observed(hour.plus(Duration.ofDays(5)), truth(hour));
            default -> throw new IllegalStateException("in a mood");
        };
    }

    /** No two in a row agree, and the first comes after a truth: nobody can tell either from a market that moved. */
    private BigDecimal lie(Instant hour) {
        lies++;
        return truth(hour).movePointRight(1 + lies % 2);
    }

    private static RateFetch observed(Instant at, BigDecimal rate) {
        return new RateFetch.Fetched(
                List.of(new ObservedRates(
                        "EUR",
                        LocalDate.ofInstant(at, ZoneOffset.UTC),
                        at,
                        new TreeMap<>(Map.of("USD", QuotedRate.mid(rate))))),
                null);
    }
}
