package dev.matrix.money;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.money.spi.FetchRequest;
import dev.matrix.money.spi.ObservedRates;
import dev.matrix.money.spi.RateClass;
import dev.matrix.money.spi.RateFetch;
import dev.matrix.money.spi.RateSource;
import dev.matrix.money.spi.RateSourceContract;
import dev.matrix.testkit.ScriptedTransport;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of sources fails on what one writes at first. */
class RateSourceContractTest {

    private static final Instant NOW = Instant.parse("2026-01-05T16:00:00Z");

    /** Asks for one number, and for the last one it knows where that doesn't come. */
    private record Naive(String name, URI address, boolean keepsTheLast, Duration pause) implements RateSource {

        @Override
        public RateClass rateClass() {
            return RateClass.DAILY_FIAT;
        }

        @Override
        public RateFetch fetch(FetchRequest request, HttpTransport transport) {
            HttpCall call = new HttpCall(
                    "GET", address, Map.of(), new byte[0], Duration.ofSeconds(9), 99, new HttpCall.Reach.Any());
            BigDecimal rate;
            try {
                rate = new BigDecimal(new String(transport.call(call).body(), UTF_8).strip());
            } catch (RuntimeException e) {
                if (!keepsTheLast) {
                    return RateFetch.Failed.passing("No rates from " + address + ": " + e.getMessage());
                }
                rate = BigDecimal.ONE;
            }
            return new RateFetch.Fetched(
                    List.of(new ObservedRates(
                            "EUR",
                            LocalDate.ofInstant(request.now(), ZoneOffset.UTC),
                            request.now(),
                            new TreeMap<>(Map.of("USD", QuotedRate.mid(rate))))),
                    null);
        }

        @Override
        public Instant nextAttempt(Instant now, @Nullable Instant newestObservedAt, int failures) {
            return now.plus(pause);
        }
    }

    private record Planted(RateSource source) implements RateSourceContract {

        @Override
        public HttpReply answer(HttpCall call) {
            return ScriptedTransport.reply(200, Map.of(), "1.0842");
        }

        @Override
        public Instant now() {
            return NOW;
        }

        @Override
        public Set<String> secrets() {
            return Set.of("s3cret");
        }
    }

    private static Planted planted(String name, String address, boolean keepsTheLast, Duration pause) {
        return new Planted(new Naive(name, URI.create(address), keepsTheLast, pause));
    }

    private static final Planted HEEDLESS = planted("bank", "https://bank.example/", false, Duration.ofHours(1));

    @Test
    void itFindsOneThatReadsTheBodyOfARefusal() {
        assertThatThrownBy(HEEDLESS::aRefusalIsAFailureEvenWithAGoodBody).isInstanceOf(AssertionError.class);
    }

    @Test
    void itFindsOneThatReadsHalfAnAnswer() {
        assertThatThrownBy(HEEDLESS::anAnswerThatBrokeOffIsAFailureHoweverMuchOfItArrived)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void itFindsOneThatMakesRatesUp() {
        Planted inventive = planted("bank", "https://bank.example/", true, Duration.ofHours(1));

        assertThatThrownBy(inventive::aTransportThatFailsIsAFailure).isInstanceOf(AssertionError.class);
        assertThatThrownBy(inventive::anAnswerOfAnotherKindIsAFailure).isInstanceOf(AssertionError.class);
    }

    @Test
    void itFindsAKeyInTheAddress() {
        Planted open = planted("bank", "https://bank.example/?key=s3cret", false, Duration.ofHours(1));

        assertThatThrownBy(open::itAsksByHttpsWithinMinutesAndReadsABoundedBody).isInstanceOf(AssertionError.class);
        assertThatThrownBy(open::aTransportThatFailsIsAFailure).isInstanceOf(AssertionError.class);
        assertThatThrownBy(open::itsTextShowsNoSecret).isInstanceOf(AssertionError.class);
    }

    @Test
    void itFindsPlainHttpANameThatCannotBeStoredAndAPauseOfNothing() {
        Planted plain = planted("My Bank", "http://bank.example/", false, Duration.ZERO);

        assertThatThrownBy(plain::itAsksByHttpsWithinMinutesAndReadsABoundedBody)
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(plain::itsNameAndClassStayTheSame).isInstanceOf(AssertionError.class);
        assertThatThrownBy(plain::theNextAttemptIsLater).isInstanceOf(AssertionError.class);
    }
}
