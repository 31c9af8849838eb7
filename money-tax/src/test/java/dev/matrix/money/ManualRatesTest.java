package dev.matrix.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Conversion.NoRate;
import dev.matrix.core.money.Conversion.NoRate.Reason;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.RateQuery;
import dev.matrix.core.spi.Stores;
import dev.matrix.money.source.EcbRates;
import dev.matrix.money.spi.FxSnapshotStore;
import dev.matrix.money.spi.Series;
import dev.matrix.testkit.ScriptedTransport;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rates that a person sets. */
@Tag("X3")
class ManualRatesTest {

    private final Bank bank = Bank.at(
                    "2026-01-12T15:10:00Z",
                    ScriptedTransport.replying(Ecb.ok(Ecb.document(Map.of("2026-01-12", "USD=1.25")), "\"a\"")),
                    EcbRates.create())
            .drive();

    private RateSnapshot set(String base, String quote, String rate, String from, @Nullable String until) {
        return bank.rates.setManual(new ManualRate(
                Bank.currency(base),
                Bank.currency(quote),
                new BigDecimal(rate),
                LocalDate.parse(from),
                until == null ? null : LocalDate.parse(until)));
    }

    private static ManualRate manual(String base, String quote, String rate, String from) {
        return new ManualRate(
                Bank.currency(base), Bank.currency(quote), new BigDecimal(rate), LocalDate.parse(from), null);
    }

    /** A rate whose transaction commits later than it was written. */
    private static RateSnapshot late(Instant written) {
        return new RateSnapshot(
                "fxs_late",
                "manual:EUR-USD",
                "EUR",
                LocalDate.of(2026, 1, 1),
                written,
                written,
                written,
                1,
                RateStatus.ACCEPTED,
                null,
                new TreeMap<>(Map.of("USD", QuotedRate.mid(new BigDecimal("2")))));
    }

    private Money latest(String amount, String from, String to) {
        return bank.converted(amount, from, to, RateQuery.latest()).result();
    }

    @Test
    void aManualRateComesBeforeEverySourceInBothDirections() {
        set("EUR", "USD", "2", "2026-01-01", null);

        assertThat(latest("1.00", "EUR", "USD")).isEqualTo(Money.of("2.00", "USD"));
        assertThat(latest("1.00", "USD", "EUR")).isEqualTo(Money.of("0.50", "EUR"));
    }

    @Test
    void aPegByHandLeadsOnToWhatSourcesQuote() {
        set("USD", "SAR", "3.75", "2026-01-01", null);

        assertThat(latest("1.00", "USD", "SAR")).isEqualTo(Money.of("3.75", "SAR"));
        assertThat(latest("1.00", "EUR", "SAR")).isEqualTo(Money.of("4.69", "SAR"));
    }

    @Test
    void itHoldsFromItsFirstDayToItsLast() {
        set("EUR", "USD", "2", "2026-01-12", "2026-01-13");
        set("USD", "SAR", "3.75", "2026-01-12", "2026-01-13");

        assertThat(bank.on("2026-01-12", "EUR", "USD").result()).isEqualTo(Money.of("2.00", "USD"));
        assertThat(bank.on("2026-01-13", "EUR", "USD").result()).isEqualTo(Money.of("2.00", "USD"));
        assertThat(bank.on("2026-01-14", "EUR", "USD").result()).isEqualTo(Money.of("1.25", "USD"));
        assertThat(bank.convert("1", "USD", "SAR", RateQuery.on(LocalDate.of(2026, 1, 11))))
                .isInstanceOf(NoRate.class);
        assertThat(((NoRate) bank.convert("1", "USD", "SAR", RateQuery.on(LocalDate.of(2026, 1, 15)))).reason())
                .isEqualTo(Reason.STALE);
    }

    @Test
    @Tag("X12")
    void whatATransactionSawOfItsOwnIsForgottenWhenItRollsBack() {
        set("EUR", "USD", "2", "2026-01-01", null);
        RateQuery day = RateQuery.on(LocalDate.of(2026, 1, 5));
        Money euro = Money.of("1.00", "EUR");
        assertThatThrownBy(() -> bank.matrix.transactions().inTransaction(tx -> {
                    bank.rates.setManual(
                            tx,
                            new ManualRate(
                                    Bank.currency("EUR"),
                                    Bank.currency("USD"),
                                    new BigDecimal("3"),
                                    LocalDate.of(2026, 1, 1),
                                    null));
                    assertThat(bank.rates
                                    .convert(tx, euro, Bank.currency("USD"), day)
                                    .orThrow()
                                    .result())
                            .isEqualTo(Money.of("3.00", "USD"));
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");

        assertThat(bank.converted("1.00", "EUR", "USD", day).result()).isEqualTo(Money.of("2.00", "USD"));
    }

    @Test
    @Tag("X12")
    void oneWhoseTransactionCommitsHalfAnHourAfterItWasSetIsUsedWithinAMinute() {
        Instant written = bank.clock.instant();
        assertThat(latest("1.00", "EUR", "USD")).isEqualTo(Money.of("1.25", "USD"));
        bank.advance(Duration.ofMinutes(30));
        Stores stores = bank.matrix.stores();
        stores.transactions()
                .inTransaction(tx -> stores.get(FxSnapshotStore.class).insert(tx, List.of(late(written))));

        for (int i = 0; i < 7; i++) {
            bank.advance(Duration.ofSeconds(10));
        }

        assertThat(latest("1.00", "EUR", "USD")).isEqualTo(Money.of("2.00", "USD"));
    }

    @Test
    void oneForTomorrowHidesNotTodays() {
        set("EUR", "USD", "2", "2026-01-01", null);
        set("EUR", "USD", "3", "2026-01-13", null);

        assertThat(latest("1.00", "EUR", "USD")).isEqualTo(Money.of("2.00", "USD"));
        bank.advance(Duration.ofDays(1));
        assertThat(latest("1.00", "EUR", "USD")).isEqualTo(Money.of("3.00", "USD"));
    }

    @Test
    @Tag("X12")
    void oneForALaterDayHoldsFromThenOnWhereItsPairHadNoneBefore() {
        set("USD", "SAR", "3.75", "2026-01-14", null);
        bank.advance(Duration.ofMinutes(30));
        assertThat(bank.convert("1.00", "USD", "SAR", RateQuery.latest())).isInstanceOf(NoRate.class);

        for (int hour = 0; hour < 60; hour++) {
            bank.advance(Duration.ofHours(1));
        }

        assertThat(latest("1.00", "USD", "SAR")).isEqualTo(Money.of("3.75", "SAR"));
        assertThat(bank.on("2026-01-14", "USD", "SAR").result()).isEqualTo(Money.of("3.75", "SAR"));
        assertThat(bank.convert("1", "USD", "SAR", RateQuery.on(LocalDate.of(2026, 1, 13))))
                .isInstanceOf(NoRate.class);
    }

    @Test
    @Tag("X12")
    void theNodeThatWroteOneUsesItFromItsCommitOnHoweverLateThatIs() {
        Stores stores = bank.matrix.stores();
        FxSnapshotStore store = stores.get(FxSnapshotStore.class);
        Reader reader = Reader.own(stores.transactions());
        Feeds feeds = new Feeds(List.of(EcbRates.create()), Map.of(), Currencies.iso());
        RateMemory memory = new RateMemory(feeds, store, bank.clock);
        Instant written = bank.clock.instant();
        memory.follow(reader);
        bank.clock.advance(Duration.ofMinutes(10));
        memory.follow(reader);
        stores.transactions().inTransaction(tx -> store.insert(tx, List.of(late(written))));

        bank.clock.advance(Duration.ofSeconds(1));
        memory.follow(reader, written);

        assertThat(memory.newest(reader).series()).extracting(Series::source).contains("manual:EUR-USD");
    }

    @Test
    @Tag("X12")
    void aTransactionThatHasSetARateGoesByItAtEveryPointInTime() {
        set("EUR", "USD", "2", "2026-01-01", null);
        RateQuery asked = RateQuery.on(LocalDate.of(2026, 1, 5));
        assertThat(bank.converted("1.00", "EUR", "USD", asked).result()).isEqualTo(Money.of("2.00", "USD"));
        List<RateQuery> points = List.of(asked, RateQuery.on(LocalDate.of(2026, 1, 4)), RateQuery.latest());

        bank.matrix.transactions().inTransaction(tx -> {
            bank.rates.setManual(tx, manual("EUR", "USD", "3", "2026-01-01"));
            for (RateQuery point : points) {
                assertThat(bank.rates
                                .convert(tx, Money.of("1.00", "EUR"), Bank.currency("USD"), point)
                                .orThrow()
                                .result())
                        .isEqualTo(Money.of("3.00", "USD"));
            }
        });

        for (RateQuery point : points) {
            assertThat(bank.converted("1.00", "EUR", "USD", point).result()).isEqualTo(Money.of("3.00", "USD"));
        }
    }

    @Test
    void bothDirectionsSetAtOnceAgree() {
        set("EUR", "USD", "2", "2026-01-01", null);
        set("USD", "EUR", "0.25", "2026-01-01", null);

        assertThat(latest("1.00", "EUR", "USD")).isEqualTo(Money.of("4.00", "USD"));
        assertThat(latest("1.00", "USD", "EUR")).isEqualTo(Money.of("0.25", "EUR"));
    }

    @Test
    @Tag("X1")
    void settingItAgainIsACorrection() {
        RateSnapshot first = set("EUR", "USD", "2", "2026-01-01", null);
        bank.clock.advance(Duration.ofMinutes(5));
        Instant before = bank.clock.instant();
        bank.clock.advance(Duration.ofMinutes(5));
        RateSnapshot second = set("EUR", "USD", "3", "2026-01-01", null);

        assertThat(first.revision()).isEqualTo(1);
        assertThat(second.revision()).isEqualTo(2);
        assertThat(latest("1.00", "EUR", "USD")).isEqualTo(Money.of("3.00", "USD"));
        assertThat(bank.converted("1.00", "EUR", "USD", RateQuery.at(before)).result())
                .isEqualTo(Money.of("2.00", "USD"));
        assertThat(bank.history("manual:EUR-USD")).hasSize(2);
    }

    @Test
    void ofBothDirectionsTheLaterSetCounts() {
        set("EUR", "USD", "2", "2026-01-01", null);
        set("USD", "EUR", "0.25", "2026-01-10", null);

        assertThat(latest("1.00", "EUR", "USD")).isEqualTo(Money.of("4.00", "USD"));
    }

    @Test
    void whatCannotHoldIsRefused() {
        assertThatThrownBy(() -> set("EUR", "EUR", "1", "2026-01-01", null))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> set("EUR", "USD", "0", "2026-01-01", null))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> set("EUR", "USD", "1", "2026-01-02", "2026-01-01"))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new DateRange(LocalDate.of(2026, 1, 2), LocalDate.of(2026, 1, 1)))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new RateAges(Duration.ofDays(2), Duration.ofDays(1)))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new QuotedRate(BigDecimal.ONE, BigDecimal.TEN, BigDecimal.ONE))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new QuotedRate(BigDecimal.ONE, BigDecimal.ONE, null))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> QuotedRate.mid(BigDecimal.ONE.movePointLeft(31)))
                .isInstanceOf(InvalidRequestException.class);
    }
}
