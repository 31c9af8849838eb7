package dev.matrix.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.money.Conversion.NoRate;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.RateQuery;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.TransportException;
import dev.matrix.money.source.CoinGeckoRates;
import dev.matrix.money.source.EcbRates;
import dev.matrix.money.source.OpenExchangeRates;
import dev.matrix.money.spi.FetchRequest;
import dev.matrix.money.spi.RateClass;
import dev.matrix.money.spi.RateFetch;
import dev.matrix.money.spi.RateSource;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.ScriptedTransport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a source is asked, what for, and what becomes of its failures. */
class RefreshTest {

    private static final String FRIDAY = Ecb.document(Map.of("2026-01-09", "USD=1.1000 JPY=160.00"));
    private static final String MONDAY = Ecb.document(Map.of("2026-01-12", "USD=1.2000 JPY=161.00"));

    private final Deque<HttpReply> script = new ArrayDeque<>();
    private final ScriptedTransport transport = ScriptedTransport.answering(call -> {
        HttpReply reply = script.size() > 1 ? script.removeFirst() : script.getFirst();
        if (reply.status() == 599) {
            throw new TransportException(TransportException.Kind.CONNECT, false, "refused", null);
        }
        return reply;
    });

    private Bank bank(String instant) {
        return Bank.at(instant, transport, EcbRates.create());
    }

    private static HttpReply ok(String document) {
        return ScriptedTransport.reply(200, Map.of(), document);
    }

    private List<String> asked() {
        return transport.calls().stream().map(Ecb::name).toList();
    }

    private HttpCall last() {
        List<HttpCall> calls = transport.calls();
        return calls.get(calls.size() - 1);
    }

    private static Instant next(Bank bank) {
        Instant next = bank.rates.sources().get(0).nextAttemptAt();
        return next == null ? Instant.MAX : next;
    }

    @Test
    @Tag("MT11")
    @Tag("X2")
    void whatWasKnownStaysWhatWasKnown() {
        script.add(ok(FRIDAY));
        script.add(ok(MONDAY));
        Bank bank = bank("2026-01-09T15:10:00Z").drive();
        bank.advanceTo("2026-01-12T15:10:00Z");
        assertThat(bank.history("ecb")).hasSize(2);

        for (int later = 0; later < 3; later++) {
            assertThat(bank.converted("1.00", "EUR", "USD", RateQuery.at(Instant.parse("2026-01-12T11:00:00Z")))
                            .result())
                    .isEqualTo(Money.of("1.10", "USD"));
            assertThat(bank.converted("1.00", "EUR", "USD", RateQuery.at(Instant.parse("2026-01-12T16:00:00Z")))
                            .result())
                    .isEqualTo(Money.of("1.20", "USD"));
            bank.clock.advance(Duration.ofDays(1));
        }
        assertThat(bank.convert("1.00", "EUR", "USD", RateQuery.at(Instant.parse("2026-01-09T11:00:00Z"))))
                .isInstanceOf(NoRate.class);
    }

    @Test
    @Tag("X9")
    void nothingIsAskedBeforeAStepRuns() {
        script.add(ok(FRIDAY));
        Bank bank = bank("2026-01-09T15:10:00Z");

        assertThat(transport.calls()).isEmpty();
        assertThat(bank.rates.sources().get(0).nextAttemptAt()).isNull();
        bank.drive();
        assertThat(transport.calls()).hasSize(1);
    }

    @Test
    @Tag("X9")
    void theEcbIsAskedEachQuarterOfAnHourUntilTheDayIsThere() {
        script.add(ok(FRIDAY));
        Bank bank = bank("2026-01-09T17:00:00Z").drive();
        assertThat(next(bank)).as("6 h after Friday's are there").isEqualTo("2026-01-09T23:00:00Z");

        bank.advanceTo("2026-01-12T10:00:00Z");
        assertThat(next(bank)).as("15:55 in Frankfurt").isEqualTo("2026-01-12T14:55:00Z");
        bank.advanceTo("2026-01-12T14:55:00Z");
        assertThat(next(bank)).isEqualTo("2026-01-12T15:10:00Z");
        script.clear();
        script.add(ok(MONDAY));
        bank.advanceTo("2026-01-12T15:10:00Z");
        assertThat(next(bank)).isEqualTo("2026-01-12T21:10:00Z");
        assertThat(bank.converted("1.00", "EUR", "USD", RateQuery.latest()).result())
                .isEqualTo(Money.of("1.20", "USD"));
    }

    @Test
    @Tag("X9")
    void atWeekendsTheEcbIsLeftAlone() {
        script.add(ok(FRIDAY));
        Bank bank = bank("2026-01-10T15:00:00Z").drive();

        assertThat(next(bank)).isEqualTo("2026-01-10T21:00:00Z");
    }

    @Test
    @Tag("X10")
    void whatIsMissingDecidesWhichFileIsAskedFor() {
        script.add(ok(FRIDAY));
        Bank bank = bank("2026-01-09T15:10:00Z").drive();
        bank.advanceTo("2026-01-10T09:00:00Z");
        bank.advanceTo("2026-01-12T09:00:00Z");
        bank.advanceTo("2026-04-09T20:00:00Z");
        bank.advanceTo("2026-04-11T09:00:00Z");

        assertThat(asked())
                .containsExactly(
                        "eurofxref-hist.xml",
                        "eurofxref-daily.xml",
                        "eurofxref-hist-90d.xml",
                        "eurofxref-hist-90d.xml",
                        "eurofxref-hist.xml");
    }

    @Test
    @Tag("X10")
    void validatorsAreSentBackToTheAddressThatTheyCameFrom() {
        script.add(ScriptedTransport.reply(
                200,
                Map.of("ETag", List.of("\"a\""), "Last-Modified", List.of("Fri, 09 Jan 2026 15:00:00 GMT")),
                FRIDAY));
        script.add(Ecb.ok(FRIDAY, "\"b\""));
        script.add(ScriptedTransport.reply(304));
        Bank bank = bank("2026-01-09T15:10:00Z").drive();
        bank.advanceTo("2026-01-10T09:00:00Z");
        assertThat(last().headers()).as("another file").doesNotContainKey("If-None-Match");

        bank.advanceTo("2026-01-10T15:00:00Z");
        bank.advanceTo("2026-01-10T21:00:00Z");

        assertThat(last().headers()).containsEntry("If-None-Match", List.of("\"b\""));
        assertThat(bank.history("ecb")).hasSize(1);
        assertThat(bank.rates.sources().get(0).failures()).isZero();
    }

    @Test
    @Tag("X9")
    void failuresAreRetriedInDoublingPausesWithALittleChance() {
        script.add(ScriptedTransport.reply(503));
        Bank bank = bank("2026-01-09T15:10:00Z").drive();
        long pause = 30;
        for (int failures = 1; failures < 9; failures++) {
            Duration wait = Duration.between(bank.clock.instant(), next(bank));
            assertThat(wait.toSeconds()).isBetween(pause, pause + pause / 5);
            pause = Math.min(2 * pause, 900);
            bank.clock.set(next(bank));
            bank.drive();
        }
        assertThat(bank.rates.sources().get(0).failures()).isEqualTo(9);
        assertThat(bank.rates.sources().get(0).lastError()).contains("answered 503");
    }

    @Test
    @Tag("X9")
    void whatASourceAsksForComesFirst() {
        script.add(ScriptedTransport.reply(429, Map.of("Retry-After", List.of("1234")), ""));
        Bank bank = bank("2026-01-09T15:10:00Z").drive();

        assertThat(next(bank)).isEqualTo(bank.clock.instant().plusSeconds(1234));
    }

    @ParameterizedTest
    @Tag("X9")
    @ValueSource(strings = {"0", "0.5", "Fri, 09 Jan 2026 15:10:00 GMT", "Friday, 09-Jan-26 15:10:01 GMT"})
    void aSourceThatAsksForNoPauseIsAskedAgainAfterThirtySeconds(String retryAfter) {
        script.add(ScriptedTransport.reply(503, Map.of("Retry-After", List.of(retryAfter)), ""));
        Bank bank = bank("2026-01-09T15:10:00Z").drive();

        assertThat(next(bank)).isEqualTo("2026-01-09T15:10:30Z");
    }

    /** A host's own source, with a plan that has no pauses. */
    private record Hasty(RateFetch answer) implements RateSource {

        @Override
        public String name() {
            return "hasty";
        }

        @Override
        public RateClass rateClass() {
            return RateClass.DAILY_FIAT;
        }

        @Override
        public RateFetch fetch(FetchRequest request, HttpTransport transport) {
            return answer;
        }

        @Override
        public Instant nextAttempt(Instant now, @Nullable Instant newestObservedAt, int failures) {
            return now.minusSeconds(60);
        }
    }

    @Test
    @Tag("X9")
    void aSourceThatPlansInThePastIsNotAskedInALoop() {
        Instant start = Instant.parse("2026-01-09T15:10:00Z");
        Bank idle = Bank.at(start.toString(), transport, new Hasty(new RateFetch.NotModified()))
                .drive();
        assertThat(next(idle)).isEqualTo(start.plusSeconds(1));

        Bank failing = Bank.at(start.toString(), transport, new Hasty(RateFetch.Failed.passing("down")))
                .drive();
        assertThat(next(failing)).isBetween(start.plusSeconds(1), start.plusMillis(1_200));

        RateFetch endless = new RateFetch.Failed(true, "down", Duration.ofSeconds(Long.MAX_VALUE));
        Bank patient = Bank.at(start.toString(), transport, new Hasty(endless)).drive();
        assertThat(next(patient)).isEqualTo(start.plus(Duration.ofDays(1)));
    }

    @Test
    @Tag("X9")
    void aFailureThatNeedsAPersonIsRetriedSlowly() {
        script.add(ScriptedTransport.reply(404));
        Bank bank = bank("2026-01-09T15:10:00Z").drive();

        assertThat(Duration.between(bank.clock.instant(), next(bank))).isGreaterThanOrEqualTo(Duration.ofMinutes(15));
    }

    @Test
    @Tag("X9")
    @Tag("X7")
    void aSourceThatFailsThriceIsToldOnceAndItsRecoveryToo() {
        script.add(ok(FRIDAY));
        Bank bank = bank("2026-01-09T15:10:00Z").drive();
        script.clear();
        script.add(ScriptedTransport.reply(599));
        for (int i = 0; i < 6; i++) {
            bank.clock.set(next(bank));
            bank.drive();
        }
        assertThat(bank.events()).containsExactly("exchange_rate.source_failed");
        assertThat(bank.rates.sources().get(0).failingSince()).isNotNull();
        assertThat(bank.rates.sources().get(0).lastObservedOn()).isEqualTo(LocalDate.of(2026, 1, 9));

        script.clear();
        script.add(ok(FRIDAY));
        bank.clock.set(next(bank));
        bank.drive();

        assertThat(bank.events()).containsExactly("exchange_rate.source_failed", "exchange_rate.source_recovered");
        assertThat(bank.rates.sources().get(0).failingSince()).isNull();
    }

    @Test
    @Tag("MT12")
    @Tag("X9")
    void startingWaitsForNoFeed() {
        Bank bank = Bank.at(
                "2026-01-09T15:10:00Z",
                ScriptedTransport.failing(TransportException.Kind.CONNECT, false),
                EcbRates.create(),
                OpenExchangeRates.withKey("k"),
                CoinGeckoRates.keyless());
        bank.matrix.start();

        assertThat(bank.convert("1.00", "EUR", "USD", RateQuery.latest())).isInstanceOf(NoRate.class);
        bank.matrix.close();
    }

    @ParameterizedTest
    @Tag("MT12")
    @Tag("X11")
    @ValueSource(
            strings = {
                "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>",
                "<!DOCTYPE x><x xmlns='http://www.ecb.int/vocabulary/2002-08-01/eurofxref'/>",
                "no xml at all",
                "",
                "<x/>"
            })
    void whatIsNoDocumentOfRatesIsRefused(String body) {
        script.add(ok(body));
        Bank bank = bank("2026-01-09T15:10:00Z").drive();

        assertThat(bank.history("ecb")).isEmpty();
        assertThat(bank.rates.sources().get(0).failures()).isEqualTo(1);
        assertThat(bank.rates.sources().get(0).lastError()).contains("www.ecb.europa.eu");
    }

    @ParameterizedTest
    @Tag("X11")
    @ValueSource(strings = {"USD=0", "USD=-1", "USD=1e5", "USD=", "usd=1", "USD=NaN"})
    void oneRateThatIsNoneSpoilsTheWholeAnswer(String rate) {
        script.add(ok(Ecb.document(Map.of("2026-01-09", "JPY=160 " + rate, "2026-01-08", "USD=1.1"))));
        Bank bank = bank("2026-01-09T15:10:00Z").drive();

        assertThat(bank.history("ecb")).isEmpty();
        assertThat(bank.rates.sources().get(0).failures()).isEqualTo(1);
    }

    @Test
    @Tag("X11")
    void aDateMoreThanADayAheadIsRefused() {
        script.add(ok(Ecb.document(Map.of("2026-01-11", "USD=1.1", "2026-01-09", "USD=1.1"))));
        Bank bank = bank("2026-01-09T15:10:00Z").drive();

        assertThat(bank.history("ecb")).isEmpty();
        assertThat(bank.rates.sources().get(0).lastError())
                .contains("2026-01-11")
                .contains("ahead");
    }

    @Test
    @Tag("X11")
    void aBodyOverTheLimitIsRefusedWithoutBeingRead() {
        script.add(
                new HttpReply(200, Map.of(), new byte[] {'<'}, HttpReply.End.TRUNCATED, null, HttpReply.Timing.NONE));
        Bank bank = bank("2026-01-09T15:10:00Z").drive();

        assertThat(last().replyCap()).isEqualTo(32_000_000);
        assertThat(bank.rates.sources().get(0).lastError()).contains("over 32000000 bytes");
    }

    @Test
    @Tag("X11")
    void aBodyThatBreaksOffIsRefused() {
        script.add(new HttpReply(
                200,
                Map.of(),
                FRIDAY.getBytes(StandardCharsets.UTF_8),
                HttpReply.End.FAILED,
                null,
                HttpReply.Timing.NONE));
        Bank bank = bank("2026-01-09T15:10:00Z").drive();

        assertThat(bank.history("ecb")).isEmpty();
        assertThat(bank.rates.sources().get(0).failures()).isEqualTo(1);
    }

    @Test
    @Tag("X9")
    void oneNodeAsksAndTheOtherKnowsWithinFifteenSeconds() {
        script.add(ok(FRIDAY));
        ManualClock clock = ManualClock.at("2026-01-09T15:10:00Z");
        Stores stores = Stores.inMemory(clock);
        Bank one = Bank.over(stores, clock, transport, "one", EcbRates.create());
        Bank two = Bank.over(stores, clock, transport, "two", EcbRates.create());
        assertThat(two.convert("1.00", "EUR", "USD", RateQuery.latest())).isInstanceOf(NoRate.class);

        one.drive();
        two.advance(Duration.ofSeconds(15));

        assertThat(transport.calls()).hasSize(1);
        assertThat(two.converted("1.00", "EUR", "USD", RateQuery.latest()).result())
                .isEqualTo(Money.of("1.10", "USD"));
    }

    @Test
    @Tag("X12")
    void anotherNodesRatesAreUsedWithinFifteenSecondsAndThoseOfADayToo() {
        script.add(ok(FRIDAY));
        ManualClock clock = ManualClock.at("2026-01-09T15:10:00Z");
        Stores stores = Stores.inMemory(clock);
        Bank one = Bank.over(stores, clock, transport, "one", EcbRates.create()).drive();
        Bank two = Bank.over(stores, clock, transport, "two", EcbRates.create()).drive();
        RateQuery monday = RateQuery.on(LocalDate.of(2026, 1, 12));
        assertThat(two.converted("1.00", "EUR", "USD", monday).result()).isEqualTo(Money.of("1.10", "USD"));

        script.clear();
        script.add(ok(MONDAY));
        one.advanceTo("2026-01-12T15:10:00Z");
        two.advance(Duration.ofSeconds(15));

        assertThat(two.converted("1.00", "EUR", "USD", RateQuery.latest()).result())
                .isEqualTo(Money.of("1.20", "USD"));
        assertThat(two.converted("1.00", "EUR", "USD", monday).result()).isEqualTo(Money.of("1.20", "USD"));
    }

    @Test
    @Tag("X1")
    void aCorrectionIsANewRevisionAndTheOldOneStays() {
        script.add(ok(FRIDAY));
        Bank bank = bank("2026-01-09T15:10:00Z").drive();
        String first = bank.history("ecb").get(0).id();
        script.clear();
        script.add(ok(Ecb.document(Map.of("2026-01-09", "USD=1.1010 JPY=160"))));
        bank.advanceTo("2026-01-09T21:10:00Z");

        assertThat(bank.history("ecb")).extracting(RateSnapshot::revision).containsExactly(1, 2);
        assertThat(bank.converted("100.00", "EUR", "USD", RateQuery.latest()).result())
                .isEqualTo(Money.of("110.10", "USD"));
        assertThat(bank.converted("100.00", "EUR", "USD", RateQuery.snapshot(first))
                        .result())
                .isEqualTo(Money.of("110.00", "USD"));
        assertThat(bank.converted("100.00", "EUR", "USD", RateQuery.at(Instant.parse("2026-01-09T18:00:00Z")))
                        .result())
                .isEqualTo(Money.of("110.00", "USD"));
    }

    @Test
    void aRedirectIsFollowedOnTheSameHostAlone() {
        script.add(ScriptedTransport.reply(302, Map.of("Location", List.of("/elsewhere.xml")), ""));
        script.add(ok(FRIDAY));
        Bank bank = bank("2026-01-09T15:10:00Z").drive();
        assertThat(asked()).containsExactly("eurofxref-hist.xml", "elsewhere.xml");

        script.clear();
        script.add(ScriptedTransport.reply(302, Map.of("Location", List.of("https://evil.example.com/x")), ""));
        bank.advanceTo("2026-01-10T09:00:00Z");

        assertThat(last().uri().getHost()).isEqualTo("www.ecb.europa.eu");
        assertThat(bank.rates.sources().get(0).lastError()).contains("answered 302");
    }
}
