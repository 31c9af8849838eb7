package dev.matrix.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Matrix;
import dev.matrix.core.money.Conversion.Converted;
import dev.matrix.core.money.Conversion.NoRate;
import dev.matrix.core.money.Conversion.NoRate.Reason;
import dev.matrix.core.money.Freshness;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.RateLeg;
import dev.matrix.core.money.RateQuery;
import dev.matrix.core.money.RateSide;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.Stores;
import dev.matrix.money.source.CoinGeckoRates;
import dev.matrix.money.source.EcbRates;
import dev.matrix.money.source.OpenExchangeRates;
import dev.matrix.money.spi.FetchRequest;
import dev.matrix.money.spi.ObservedRates;
import dev.matrix.money.spi.RateClass;
import dev.matrix.money.spi.RateFetch;
import dev.matrix.money.spi.RateSource;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.ScriptedTransport;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sources in JSON, sources of a host's own, and how their ages and sides count. */
class SourcesTest {

    private static final String NOW = "2026-01-12T12:00:00Z";
    private static final long NOW_SECONDS = Instant.parse(NOW).getEpochSecond();

    private static HttpReply ok(String json) {
        return ScriptedTransport.reply(200, Map.of(), json);
    }

    private static String coins(long at) {
        return "{\"bitcoin\":{\"usd\":90000.5,\"eur\":80000,\"last_updated_at\":" + at + "},"
                + "\"ethereum\":{\"usd\":3000,\"last_updated_at\":" + at + "},\"tether\":{}}";
    }

    /** What a host's own source is: three methods. */
    private record Fixed(String name, RateClass rateClass, String base, Map<String, QuotedRate> rates)
            implements RateSource {

        @Override
        public RateFetch fetch(FetchRequest request, HttpTransport transport) {
            Instant at = request.now();
            return new RateFetch.Fetched(
                    List.of(new ObservedRates(base, LocalDate.ofInstant(at, ZoneOffset.UTC), at, new TreeMap<>(rates))),
                    null);
        }
    }

    private static QuotedRate mid(String rate) {
        return QuotedRate.mid(new BigDecimal(rate));
    }

    @Test
    @Tag("MT5")
    @Tag("X3")
    void openExchangeRatesIsReadToTheLastDigitAndItsKeyTravelsInAHeader() {
        ScriptedTransport transport = ScriptedTransport.replying(ok("{\"timestamp\":" + NOW_SECONDS
                + ",\"base\":\"USD\",\"rates\":{\"BTC\":1.3652638e-05,\"EUR\":0.8,\"JPY\":150.25,\"USD\":1}}"));
        Bank bank = Bank.at(NOW, transport, OpenExchangeRates.withKey("s3cret")).drive();
        HttpCall call = transport.calls().get(0);

        assertThat(bank.history("openexchangerates").get(0).rates().get("BTC")).isEqualTo(mid("0.000013652638"));
        assertThat(bank.converted("8.00", "EUR", "JPY", RateQuery.latest()).result())
                .isEqualTo(Money.of("1503", "JPY"));
        assertThat(call.uri()).isEqualTo(URI.create("https://openexchangerates.org/api/latest.json"));
        assertThat(call.headers()).containsEntry("Authorization", List.of("Token s3cret"));
        assertThat(OpenExchangeRates.withKey("s3cret").toString()).doesNotContain("s3cret");
    }

    @Test
    @Tag("MT12")
    @Tag("X11")
    void anotherBaseThanAskedForIsAFailure() {
        ScriptedTransport transport = ScriptedTransport.replying(
                ok("{\"timestamp\":" + NOW_SECONDS + ",\"base\":\"USD\",\"rates\":{\"EUR\":0.8}}"));
        Bank bank = Bank.at(NOW, transport, OpenExchangeRates.withKey("k").withBase("EUR"))
                .drive();

        assertThat(transport.calls().get(0).uri().getQuery()).isEqualTo("base=EUR");
        assertThat(bank.history("openexchangerates")).isEmpty();
        assertThat(bank.rates.sources().get(0).lastError()).contains("base EUR");
    }

    @Test
    void anotherServiceOfThatStyleHasItsNameAndHeaders() {
        ScriptedTransport transport = ScriptedTransport.replying(
                ok("{\"timestamp\":" + NOW_SECONDS + ",\"base\":\"GBP\",\"rates\":{\"EUR\":1.2}}"));
        RateSource mine = OpenExchangeRates.of(
                "mine", URI.create("https://fx.example.com/v1?plan=a"), "GBP", Map.of("X-Key", "k"));
        Bank bank = Bank.at(NOW, transport, mine).drive();

        assertThat(bank.converted("10.00", "GBP", "EUR", RateQuery.latest()).result())
                .isEqualTo(Money.of("12.00", "EUR"));
        assertThat(transport.calls().get(0).headers()).containsEntry("X-Key", List.of("k"));
        assertThatThrownBy(() -> OpenExchangeRates.of("m", URI.create("http://fx.example.com"), "GBP", Map.of()))
                .isInstanceOf(InvalidRequestException.class);
        OpenExchangeRates euros = OpenExchangeRates.withKey("k").withBase("EUR");
        assertThatThrownBy(() -> euros.withBase("GBP"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("already");
        assertThatThrownBy(() -> OpenExchangeRates.withKey("k").withBase("a euro"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("a euro");
    }

    @Test
    @Tag("X11")
    void jsonThatIsNotWhatWasExpectedIsAFailure() {
        for (String body : List.of(
                "[]",
                "{}",
                "{\"timestamp\":\"now\",\"base\":\"USD\",\"rates\":{\"EUR\":1}}",
                "{\"timestamp\":1.5,\"base\":\"USD\",\"rates\":{\"EUR\":1}}",
                "{\"timestamp\":-1,\"base\":\"USD\",\"rates\":{\"EUR\":1}}",
                "{\"timestamp\":1,\"base\":\"USD\",\"rates\":{\"EUR\":\"1\"}}",
                "{\"timestamp\":1,\"base\":\"USD\",\"rates\":{\"EUR\":0}}",
                "{\"timestamp\":1,\"base\":\"USD\",\"rates\":{}}")) {
            Bank bank = Bank.at(NOW, ScriptedTransport.replying(ok(body)), OpenExchangeRates.withKey("k"))
                    .drive();

            assertThat(bank.history("openexchangerates")).as(body).isEmpty();
            assertThat(bank.rates.sources().get(0).failures()).as(body).isEqualTo(1);
        }
    }

    @Test
    @Tag("MT9")
    @Tag("X6")
    void aCoinsPriceAgesInMinutes() {
        ScriptedTransport transport = ScriptedTransport.replying(ok(coins(NOW_SECONDS)), ok(coins(NOW_SECONDS)));
        Bank bank = Bank.at(NOW, transport, CoinGeckoRates.withDemoKey("k")).drive();
        Converted fresh = bank.converted("0.5", "BTC", "USD", RateQuery.latest());
        bank.clock.advance(Duration.ofMinutes(4));
        Converted aged = bank.converted("0.5", "BTC", "USD", RateQuery.latest());
        bank.clock.advance(Duration.ofMinutes(2));

        assertThat(fresh.result()).isEqualTo(Money.of("45000.25", "USD"));
        assertThat(fresh.age()).isEqualTo(Freshness.FRESH);
        assertThat(aged.age()).isEqualTo(Freshness.AGED);
        assertThat(((NoRate) bank.convert("0.5", "BTC", "USD", RateQuery.latest())).reason())
                .isEqualTo(Reason.STALE);
        assertThat(bank.on("2026-01-13", "BTC", "USD").age())
                .as("a day counts in days")
                .isEqualTo(Freshness.FRESH);
        assertThat(((NoRate) bank.convert("1", "BTC", "USD", RateQuery.on(LocalDate.of(2026, 1, 14)))).reason())
                .isEqualTo(Reason.STALE);
        HttpCall call = transport.calls().get(0);
        assertThat(call.headers()).containsEntry("x-cg-demo-api-key", List.of("k"));
        assertThat(call.uri().toString())
                .isEqualTo("https://api.coingecko.com/api/v3/simple/price?ids=bitcoin,ethereum,tether"
                        + "&vs_currencies=eur,usd&include_last_updated_at=true&precision=full");
    }

    @Test
    @Tag("X8")
    @Tag("X3")
    void coinsMeetOverAPivotAndTetherNeedsItsOwnQuote() {
        ScriptedTransport transport =
                ScriptedTransport.answering(call -> call.uri().getHost().contains("ecb")
                        ? ok(Ecb.document(Map.of("2026-01-12", "JPY=160 USD=1.25")))
                        : ok(coins(NOW_SECONDS)));
        CoinGeckoRates coins = CoinGeckoRates.withProKey("k").from(URI.create("https://coins.example.com/"));
        Bank bank = Bank.at(NOW, transport, EcbRates.create(), coins).drive();

        Converted yen = bank.converted("1", "BTC", "JPY", RateQuery.latest());

        assertThat(yen.rate().legs()).extracting(RateLeg::source).containsExactly("coingecko", "ecb", "ecb");
        assertThat(yen.result()).isEqualTo(Money.of("11520064", "JPY"));
        assertThat(bank.converted("30", "ETH", "BTC", RateQuery.latest()).rate().legs())
                .hasSize(2);
        assertThat(((NoRate) bank.convert("1", "USDT", "USD", RateQuery.latest())).reason())
                .isEqualTo(Reason.NO_RATE);
    }

    @Test
    void coinsAreChosenByTheirIds() {
        ScriptedTransport transport = ScriptedTransport.replying(ok("{\"bitcoin\":{}}"));
        Bank bank = Bank.at(NOW, transport, CoinGeckoRates.keyless().coins(Map.of("bitcoin", "BTC")))
                .drive();

        assertThat(bank.rates.sources().get(0).lastError()).contains("none of the coins");
        for (Map<String, String> wrong : List.of(
                Map.<String, String>of(),
                Map.of("bit coin", "BTC"),
                Map.of("bitcoin", "btc"),
                Map.of("bitcoin", "BTC", "wrapped-bitcoin", "BTC"))) {
            assertThatThrownBy(() -> CoinGeckoRates.keyless().coins(wrong)).isInstanceOf(InvalidRequestException.class);
        }
        assertThatThrownBy(() -> CoinGeckoRates.keyless().from(URI.create("https://coins.example.com/api")))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void aCoinWithoutAPriceIsLeftOutAndTheOthersCount() {
        String body = "{\"bitcoin\":{\"usd\":90000,\"eur\":null,\"last_updated_at\":" + NOW_SECONDS
                + "},\"ethereum\":{\"usd\":null,\"eur\":null,\"last_updated_at\":null},\"tether\":{}}";
        Bank bank = Bank.at(NOW, ScriptedTransport.replying(ok(body)), CoinGeckoRates.keyless())
                .drive();

        assertThat(bank.history("coingecko")).hasSize(1);
        assertThat(bank.history("coingecko").get(0).rates()).containsOnlyKeys("USD");
    }

    @Test
    void aMalformedCoinIsLeftOutAndTheOthersCount() {
        for (String wrong : List.of(
                "{\"usd\":3000,\"last_updated_at\":null}",
                "{\"usd\":\"3000\",\"last_updated_at\":" + NOW_SECONDS + "}",
                "{\"usd\":0,\"last_updated_at\":" + NOW_SECONDS + "}",
                "{\"usd\":3000,\"last_updated_at\":" + (NOW_SECONDS + 100_000) + "}")) {
            String body =
                    "{\"bitcoin\":{\"usd\":90000,\"last_updated_at\":" + NOW_SECONDS + "},\"ethereum\":" + wrong + "}";
            Bank bank = Bank.at(NOW, ScriptedTransport.replying(ok(body)), CoinGeckoRates.keyless())
                    .drive();

            assertThat(bank.history("coingecko"))
                    .as(wrong)
                    .extracting(RateSnapshot::base)
                    .containsExactly("BTC");
        }
    }

    @Test
    @Tag("X11")
    void anIntradayRateFromTheFutureIsRefusedAsItWouldHideTrueOnes() {
        Instant ahead = Instant.parse(NOW).plus(Duration.ofHours(29));
        ScriptedTransport transport = ScriptedTransport.replying(
                ok("{\"timestamp\":" + ahead.getEpochSecond() + ",\"base\":\"USD\",\"rates\":{\"EUR\":0.8}}"));
        Bank bank = Bank.at(NOW, transport, OpenExchangeRates.withKey("k")).drive();

        assertThat(bank.history("openexchangerates")).isEmpty();
        assertThat(bank.rates.sources().get(0).lastError()).contains("ahead");
    }

    /** Two nodes ask for a day: one while it lasts, when the preferred source has gone silent, and one that starts later. */
    @Test
    @Tag("X2")
    void whatAPastDayConvertsToDependsOnNoNodesPast() {
        ManualClock clock = ManualClock.at("2026-01-12T16:00:00Z");
        Stores stores = Stores.inMemory(clock);
        ScriptedTransport transport = ScriptedTransport.replying(ok(Ecb.document(Map.of("2026-01-12", "USD=1.25"))));
        AtomicBoolean silent = new AtomicBoolean();
        Fixed quoting = new Fixed("bank", RateClass.INTRADAY_FIAT, "EUR", Map.of("USD", mid("2")));
        RateSource bank = new RateSource() {
            @Override
            public String name() {
                return quoting.name();
            }

            @Override
            public RateClass rateClass() {
                return quoting.rateClass();
            }

            @Override
            public RateFetch fetch(FetchRequest request, HttpTransport network) {
                return silent.get() ? RateFetch.Failed.passing("silent") : quoting.fetch(request, network);
            }
        };
        Bank one = Bank.over(stores, clock, transport, "one", bank, EcbRates.create())
                .drive();
        silent.set(true);
        one.advance(Duration.ofHours(5));
        Money whileItLasts = one.on("2026-01-12", "EUR", "USD").result();
        clock.set(Instant.parse("2026-01-13T00:05:00Z"));
        Bank other = Bank.over(stores, clock, transport, "other", bank, EcbRates.create());

        assertThat(whileItLasts).isEqualTo(Money.of("1.25", "USD"));
        assertThat(other.on("2026-01-12", "EUR", "USD").result()).isEqualTo(Money.of("2.00", "USD"));
        assertThat(one.on("2026-01-12", "EUR", "USD").result()).isEqualTo(Money.of("2.00", "USD"));
    }

    @Test
    @Tag("MT13")
    @Tag("X5")
    void sidesAreThoseOfTheSellerAndTurnAroundWithThePair() {
        Fixed bank = new Fixed(
                "bank",
                RateClass.INTRADAY_FIAT,
                "EUR",
                Map.of(
                        "USD",
                        new QuotedRate(new BigDecimal("1.0664"), new BigDecimal("1.05"), new BigDecimal("1.10")),
                        "GBP",
                        mid("0.8")));
        Bank node = Bank.at(NOW, ScriptedTransport.replying(ok("")), bank).drive();
        RateQuery latest = RateQuery.latest();

        Converted sold = node.converted("110.00", "USD", "EUR", latest.withSide(RateSide.BID));
        Converted bought = node.converted("105.00", "USD", "EUR", latest.withSide(RateSide.ASK));
        Converted marked = node.converted("100.00", "USD", "EUR", latest.withMarkup(new BigDecimal("1.5")));
        Converted cross = node.converted("1.00", "GBP", "USD", latest.withSide(RateSide.BID));

        assertThat(sold.result()).isEqualTo(Money.of("100.00", "EUR"));
        assertThat(sold.rate().side()).isEqualTo(RateSide.BID);
        assertThat(bought.result()).isEqualTo(Money.of("100.00", "EUR"));
        assertThat(node.converted("1.00", "EUR", "USD", latest.withSide(RateSide.BID))
                        .result())
                .isEqualTo(Money.of("1.05", "USD"));
        assertThat(marked.result()).isEqualTo(Money.of("92.37", "EUR"));
        assertThat(cross.rate().side()).as("a leg has no sides").isEqualTo(RateSide.MID);
    }

    @Test
    @Tag("X3")
    void theEarlierSourceIsPreferredWhileItIsFresh() {
        Fixed first = new Fixed("first", RateClass.INTRADAY_FIAT, "EUR", Map.of("USD", mid("1.1")));
        Fixed second = new Fixed("second", RateClass.DAILY_FIAT, "USD", Map.of("EUR", mid("0.8"), "JPY", mid("150")));
        Bank bank =
                Bank.at(NOW, ScriptedTransport.replying(ok("")), first, second).drive();

        assertThat(bank.converted("1.00", "EUR", "USD", RateQuery.latest()).result())
                .isEqualTo(Money.of("1.10", "USD"));
        assertThat(bank.converted("1.00", "EUR", "JPY", RateQuery.latest())
                        .rate()
                        .legs())
                .as("one table before two")
                .extracting(RateLeg::source)
                .containsExactly("second", "second");
        bank.clock.advance(Duration.ofHours(3));
        assertThat(bank.converted("1.00", "EUR", "USD", RateQuery.latest()).result())
                .isEqualTo(Money.of("1.25", "USD"));
    }

    @Test
    @Tag("X6")
    void agesAreOptions() {
        Fixed source = new Fixed("mine", RateClass.DAILY_FIAT, "EUR", Map.of("USD", mid("1.1")));
        Bank bank = Bank.at(NOW, ScriptedTransport.replying(ok("")), source).drive();
        ExchangeRates strict = ExchangeRates.on(other(bank))
                .source(source)
                .ages(RateClass.DAILY_FIAT, new RateAges(Duration.ZERO, Duration.ofDays(1)))
                .build();
        RateQuery inTwoDays = RateQuery.on(LocalDate.of(2026, 1, 14));

        assertThat(bank.convert("1.00", "EUR", "USD", inTwoDays)).isInstanceOf(Converted.class);
        assertThat(strict.convert(Money.of("1.00", "EUR"), Bank.currency("USD"), inTwoDays))
                .isInstanceOf(NoRate.class);
    }

    private static Matrix other(Bank bank) {
        return Matrix.builder()
                .stores(bank.matrix.stores())
                .clock(bank.clock)
                .transport(bank.matrix.transport())
                .build();
    }

    @Test
    void aSourceThatThrowsHasFailed() {
        RateSource broken = new RateSource() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public RateClass rateClass() {
                return RateClass.INTRADAY_FIAT;
            }

            @Override
            public RateFetch fetch(FetchRequest request, HttpTransport transport) {
                throw new IllegalStateException("a bug");
            }
        };
        Bank bank = Bank.at(NOW, ScriptedTransport.replying(ok("")), broken).drive();

        assertThat(bank.rates.sources().get(0).failures()).isEqualTo(1);
        assertThat(bank.rates.sources().get(0).lastError()).contains("IllegalStateException");
    }

    @Test
    void namesAreCheckedAndUnique() {
        ExchangeRatesBuilder builder = ExchangeRates.on(Bank.at(NOW, ScriptedTransport.replying(ok(""))).matrix)
                .source(EcbRates.create())
                .source(EcbRates.create())
                .source(new Fixed("Ours!", RateClass.CRYPTO, "EUR", Map.of()));

        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContainingAll("Two sources are named ecb", "Ours!");
    }

    @Test
    @Tag("X13")
    void intradayRatesAreThinnedToTheDaysLastAfter400Days() {
        Fixed source = new Fixed("mine", RateClass.INTRADAY_FIAT, "EUR", Map.of("USD", mid("1.1")));
        Bank bank = Bank.at("2024-01-01T09:00:00Z", ScriptedTransport.replying(ok("")), source)
                .drive();
        bank.advance(Duration.ofHours(1)).advance(Duration.ofHours(1));
        assertThat(bank.history("mine")).hasSize(3);

        bank.advanceTo("2025-02-20T09:00:00Z");

        assertThat(bank.history("mine"))
                .extracting(RateSnapshot::observedAt)
                .containsExactly(Instant.parse("2024-01-01T11:00:00Z"), Instant.parse("2025-02-20T09:00:00Z"));
    }
}
