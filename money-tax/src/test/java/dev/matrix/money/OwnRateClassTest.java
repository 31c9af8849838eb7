package dev.matrix.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Conversion;
import dev.matrix.core.money.Freshness;
import dev.matrix.core.money.RateQuery;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.money.spi.FetchRequest;
import dev.matrix.money.spi.ObservedRates;
import dev.matrix.money.spi.RateClass;
import dev.matrix.money.spi.RateFetch;
import dev.matrix.money.spi.RateSource;
import dev.matrix.testkit.ScriptedTransport;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A source that publishes by a rhythm of its own says how old its rates may be. */
class OwnRateClassTest {

    private static final RateClass WEEKLY = RateClass.DAILY_FIAT
            .named("WEEKLY_FIAT")
            .withAges(new RateAges(Duration.ofDays(8), Duration.ofDays(15)))
            .every(Duration.ofDays(7));

    /** Fixes one rate, each Monday. */
    private record Weekly(RateClass rateClass) implements RateSource {

        @Override
        public String name() {
            return "weekly";
        }

        @Override
        public RateFetch fetch(FetchRequest request, HttpTransport transport) {
            return new RateFetch.Fetched(
                    List.of(new ObservedRates(
                            "EUR",
                            LocalDate.ofInstant(request.now(), ZoneOffset.UTC),
                            request.now(),
                            new TreeMap<>(Map.of("USD", QuotedRate.mid(new BigDecimal("1.25")))))),
                    null);
        }
    }

    private static Bank on5January(RateClass rateClass) {
        return Bank.at("2026-01-05T12:00:00Z", ScriptedTransport.held(), new Weekly(rateClass));
    }

    private static Freshness ageOn(Bank bank, String day) {
        return bank.on(day, "EUR", "USD").age();
    }

    @Test
    @Tag("X6")
    void itsRatesAgeByItsOwnAges() {
        Bank bank = on5January(WEEKLY).drive();

        assertThat(ageOn(bank, "2026-01-13")).isEqualTo(Freshness.FRESH);
        assertThat(ageOn(bank, "2026-01-14")).isEqualTo(Freshness.AGED);
        assertThat(ageOn(bank, "2026-01-20")).isEqualTo(Freshness.AGED);
        assertThat(bank.convert("1", "EUR", "USD", RateQuery.on(LocalDate.parse("2026-01-21"))))
                .isInstanceOf(Conversion.NoRate.class);
    }

    @Test
    @Tag("X9")
    void itIsAskedAgainAfterItsOwnPause() {
        Bank bank = on5January(WEEKLY).drive();

        assertThat(bank.rates.sources().get(0).rateClass()).isEqualTo(WEEKLY);
        assertThat(bank.rates.sources().get(0).nextAttemptAt()).isEqualTo("2026-01-12T12:00:00Z");
    }

    @Test
    @Tag("X6")
    void theOthersOfTheClassThatItWasMadeFromKeepTheirAges() {
        assertThat(RateClass.DAILY_FIAT.ages()).isEqualTo(new RateAges(Duration.ofDays(3), Duration.ofDays(5)));
        Bank daily = on5January(RateClass.DAILY_FIAT).drive();

        assertThat(ageOn(daily, "2026-01-09")).isEqualTo(Freshness.AGED);
    }

    @Test
    void aClassOutOfBoundsIsRefused() {
        assertThatThrownBy(() -> WEEKLY.named(" "))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("1 to 64");
        assertThatThrownBy(() -> WEEKLY.every(Duration.ZERO))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("WEEKLY_FIAT");
        assertThatThrownBy(() -> WEEKLY.withLargestMove(new BigDecimal("-1")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("WEEKLY_FIAT");
        assertThat(WEEKLY).hasToString("WEEKLY_FIAT");
    }
}
