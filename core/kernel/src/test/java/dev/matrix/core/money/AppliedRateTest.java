package dev.matrix.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Conversion.Converted;
import dev.matrix.core.money.Conversion.NoRate;
import dev.matrix.core.spi.Stores;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AppliedRateTest {

    private static final Currency EUR = Currencies.standard().get("EUR");
    private static final Currency USD = Currencies.standard().get("USD");
    private static final Currency JPY = Currencies.standard().get("JPY");
    private static final Currency GBP = Currencies.standard().get("GBP");
    private static final LocalDate DAY = LocalDate.of(2023, 2, 21);

    @Test
    @Tag("X3")
    @Tag("X4")
    void aCrossRateIsOneExactQuotient() {
        AppliedRate rate = rate(USD, JPY, leg(EUR, USD, "1.0664", true), leg(EUR, JPY, "143.76", false));

        assertThat(rate.rate()).isEqualByComparingTo("134.8087021755438859714928732183046");
        assertThat(rate.apply(Money.of("1000000", USD), RoundingMode.HALF_UP)).isEqualTo(Money.of("134808702", JPY));
    }

    @Test
    @Tag("X4")
    void aTieThatTheShownRateMissesIsStillATie() {
        AppliedRate third = rate(USD, JPY, leg(JPY, USD, "3", true));

        assertThat(third.rate()).isEqualTo(new BigDecimal("0." + "3".repeat(34)));
        assertThat(third.apply(Money.of("1.50", USD), RoundingMode.HALF_UP)).isEqualTo(Money.of("1", JPY));
    }

    @Test
    @Tag("X3")
    void oneCurrencyNeedsNoLeg() {
        AppliedRate identity = rate(EUR, EUR);

        assertThat(identity.rate()).isEqualTo(BigDecimal.ONE);
        assertThat(identity.apply(Money.of("12.34", EUR), RoundingMode.UNNECESSARY))
                .isEqualTo(Money.of("12.34", EUR));
        assertThat(identity.inverse()).isEqualTo(identity);
    }

    @Test
    @Tag("X5")
    void aMarkupIsTakenOffTheRate() {
        AppliedRate rate = AppliedRate.of(
                USD, EUR, List.of(leg(EUR, USD, "1.0664", true)), RateSide.MID, new BigDecimal("1.5"), DAY, 0);

        assertThat(rate.apply(Money.of("100.00", USD), RoundingMode.HALF_UP)).isEqualTo(Money.of("92.37", EUR));
        assertThat(rate.rate()).isEqualByComparingTo("0.9236684171042760690172543135783946");
        assertThat(rate.inverse().apply(Money.of("92.37", EUR), RoundingMode.HALF_UP))
                .isEqualTo(Money.of("100.00", USD));
    }

    @Test
    @Tag("X5")
    void theWayBackChangesSidesAndKeepsTheQuotes() {
        RateLeg ask = leg(EUR, USD, "1.10", true);
        AppliedRate selling = AppliedRate.of(USD, EUR, List.of(ask), RateSide.BID, BigDecimal.ZERO, DAY, 2);

        AppliedRate back = selling.inverse();

        assertThat(back.side()).isEqualTo(RateSide.ASK);
        assertThat(back.rate()).isEqualByComparingTo("1.10");
        assertThat(back.legs()).containsExactly(leg(EUR, USD, "1.10", false));
        assertThat(back.inverse()).isEqualTo(selling);
        assertThat(back.observedOn()).isEqualTo(DAY);
        assertThat(back.ageDays()).isEqualTo(2);
    }

    @Test
    @Tag("X4")
    void thereAndBackDiffersByAtMostOneUnit() {
        Random random = new Random(4);
        for (int i = 0; i < 2_000; i++) {
            BigDecimal quote = BigDecimal.valueOf(10_000 + random.nextInt(90_000), 4);
            AppliedRate rate = rate(EUR, USD, leg(EUR, USD, quote.toString(), false));
            Money start = Money.ofMinor(random.nextInt(1_000_000_000), EUR);

            Money back = rate.inverse().apply(rate.apply(start, RoundingMode.HALF_UP), RoundingMode.HALF_UP);

            assertThat(back.minus(start).abs()).isLessThanOrEqualTo(Money.of("0.01", EUR));
        }
    }

    @Test
    void legsFollowEachOtherFromSourceToTarget() {
        assertThatThrownBy(() -> rate(USD, JPY, leg(EUR, USD, "1.0664", true), leg(GBP, JPY, "160", false)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("GBP");
        assertThatThrownBy(() -> rate(USD, JPY, leg(EUR, USD, "1.0664", true)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("to EUR, not to JPY");
        assertThatThrownBy(() -> rate(USD, JPY)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> leg(EUR, USD, "0", false)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> rate(EUR, USD, leg(EUR, USD, "1", false)).apply(Money.of("1", JPY), RoundingMode.UP))
                .isInstanceOf(CurrencyMismatchException.class);
    }

    @Test
    @Tag("X5")
    void aQueryStartsAtAPointAndIsNarrowed() {
        assertThat(RateQuery.latest())
                .isEqualTo(new RateQuery(
                        new RatePoint.Latest(),
                        RateSide.MID,
                        RoundingMode.HALF_UP,
                        StalePolicy.REFUSE,
                        BigDecimal.ZERO));
        assertThat(RateQuery.on(DAY).point()).isEqualTo(new RatePoint.OnDate(DAY));
        assertThat(RateQuery.at(Instant.EPOCH).point()).isEqualTo(new RatePoint.At(Instant.EPOCH));
        assertThat(RateQuery.snapshot("fxs_1").point()).isEqualTo(new RatePoint.Snapshot("fxs_1"));
        assertThat(RateQuery.latest()
                        .withSide(RateSide.BID)
                        .withRounding(RoundingMode.DOWN)
                        .withStale(StalePolicy.USE_AND_FLAG)
                        .withMarkup(BigDecimal.ONE))
                .isEqualTo(new RateQuery(
                        new RatePoint.Latest(),
                        RateSide.BID,
                        RoundingMode.DOWN,
                        StalePolicy.USE_AND_FLAG,
                        BigDecimal.ONE));
        assertThatThrownBy(() -> RateQuery.latest().withMarkup(BigDecimal.valueOf(100)))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void aHostsOwnConverterIsOneLambda() {
        AppliedRate rate = rate(EUR, USD, leg(EUR, USD, "1.10", false));
        CurrencyConverter converter =
                (source, target, query) -> source.currency().equals(EUR)
                        ? new Converted(source, rate.apply(source, query.rounding()), rate, Freshness.FRESH)
                        : new NoRate(source, target, NoRate.Reason.STALE, rate);

        assertThat(converter.convert(Money.of("10", EUR), USD).orThrow().result())
                .isEqualTo(Money.of("11", USD));
        Conversion within = Stores.inMemory()
                .transactions()
                .returning(tx -> converter.convert(tx, Money.of("10", EUR), USD, RateQuery.latest()));
        assertThat(within.orThrow().result()).isEqualTo(Money.of("11", USD));
        assertThatThrownBy(() -> converter.convert(Money.of("10", GBP), JPY).orThrow())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("GBP to JPY (STALE): the last known is 1.1")
                .hasMessageContaining("2023-02-21");
        assertThatThrownBy(() -> new NoRate(Money.of("1", GBP), JPY, NoRate.Reason.NO_RATE, null).orThrow())
                .hasMessageContaining("none is known");
    }

    private static AppliedRate rate(Currency from, Currency to, RateLeg... legs) {
        return AppliedRate.of(from, to, List.of(legs), RateSide.MID, BigDecimal.ZERO, DAY, 0);
    }

    private static RateLeg leg(Currency base, Currency quote, String value, boolean inverted) {
        return new RateLeg("fxs_1", "ecb", base, quote, new BigDecimal(value), inverted);
    }
}
