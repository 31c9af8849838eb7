package dev.matrix.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.money.AppliedRate;
import dev.matrix.core.money.Conversion;
import dev.matrix.core.money.Conversion.Converted;
import dev.matrix.core.money.Conversion.NoRate;
import dev.matrix.core.money.Conversion.NoRate.Reason;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Freshness;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.RateQuery;
import dev.matrix.core.money.StalePolicy;
import dev.matrix.money.source.EcbDocument;
import dev.matrix.money.source.EcbRates;
import dev.matrix.money.spi.ObservedRates;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversion at 24 years of the ECB's own rates. */
class EcbConversionTest {

    /** Quoted throughout, with 0 and with 2 decimals. */
    private static final List<String> CODES = List.of("EUR", "USD", "JPY", "GBP", "HUF", "KRW", "CHF", "CZK");

    private static Bank bank;

    @BeforeAll
    static void history() {
        bank = Bank.at("2023-02-21T17:00:00Z", Ecb.real(), EcbRates.create()).drive();
    }

    private static AppliedRate lastKnown(Conversion conversion) {
        AppliedRate last = conversion instanceof NoRate none ? none.lastKnown() : null;
        return Objects.requireNonNull(last);
    }

    @Test
    @Tag("MT6")
    @Tag("X4")
    void aCrossIsTheExactQuotientRoundedOnce() {
        Converted yen = bank.converted("1000000", "USD", "JPY", RateQuery.latest());

        assertThat(yen.result()).isEqualTo(Money.of("134808702", "JPY"));
        assertThat(yen.rate().rate()).isEqualTo("134.8087021755438859714928732183046");
        assertThat(yen.rate().legs()).hasSize(2);
        assertThat(yen.rate().observedOn()).isEqualTo(LocalDate.of(2023, 2, 21));
        assertThat(bank.converted("100.00", "GBP", "USD", RateQuery.latest()).result())
                .isEqualTo(Money.of("121.29", "USD"));
    }

    @Test
    @Tag("X2")
    @Tag("X6")
    void everyDayOfTheHistoryAnswersAsTheFileReads() {
        NavigableMap<LocalDate, ObservedRates> file = new TreeMap<>();
        EcbDocument.read(Ecb.file("eurofxref-hist.xml")).forEach(day -> file.put(day.observedOn(), day));
        Random random = new Random(1999);
        for (int i = 0; i < 500; i++) {
            LocalDate day = file.firstKey().plusDays(random.nextInt(8_800));
            String code = CODES.get(1 + random.nextInt(CODES.size() - 1));
            ObservedRates newest = file.floorEntry(day).getValue();
            long age = ChronoUnit.DAYS.between(newest.observedOn(), day);

            Converted answer =
                    bank.converted("1000000", "EUR", code, RateQuery.on(day).withStale(StalePolicy.USE_AND_FLAG));

            assertThat(answer.rate().rate())
                    .as("%s on %s", code, day)
                    .isEqualByComparingTo(
                            Objects.requireNonNull(newest.rates().get(code)).mid());
            assertThat(answer.rate().observedOn()).isEqualTo(newest.observedOn());
            assertThat(answer.rate().ageDays()).isEqualTo((int) age);
            assertThat(answer.age())
                    .isEqualTo(age <= 3 ? Freshness.FRESH : age <= 5 ? Freshness.AGED : Freshness.STALE);
        }
    }

    /** One minor unit of either currency is worth the more; that is the most that a way there and back may lose. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @Tag("X4")
    void thereAndBackDiffersByOneMinorUnitAtMost(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 150; i++) {
            LocalDate day = LocalDate.of(2023, 2, 21).minusDays(random.nextInt(5_000));
            Currency from = Bank.currency(CODES.get(random.nextInt(CODES.size())));
            Currency to = Bank.currency(CODES.get(random.nextInt(CODES.size())));
            Money amount = Money.ofMinor(random.nextLong(-1_000_000_000L, 1_000_000_000L), from);
            Converted there = bank.rates.convert(amount, to, RateQuery.on(day)).orThrow();
            Money back = bank.rates
                    .convert(there.result(), from, RateQuery.on(day))
                    .orThrow()
                    .result();

            BigDecimal unit = Money.ofMinor(1, from).amount();
            BigDecimal theirs =
                    Money.ofMinor(1, to).amount().divide(there.rate().rate(), MathContext.DECIMAL128);
            assertThat(back.minus(amount).abs().amount())
                    .as("seed %s: %s to %s on %s", seed, amount, to.code(), day)
                    .isLessThanOrEqualTo(unit.max(theirs));
        }
    }

    @Test
    @Tag("MT7")
    @Tag("X2")
    @Tag("X6")
    void overEasterTheThursdayCounts() {
        Converted sunday = bank.on("2018-04-01", "EUR", "USD");
        Converted monday = bank.on("2018-04-02", "EUR", "USD");
        Converted tuesday = bank.on("2018-04-03", "EUR", "USD");

        assertThat(sunday.rate().rate()).isEqualByComparingTo("1.2321");
        assertThat(sunday.rate().observedOn()).isEqualTo(LocalDate.of(2018, 3, 29));
        assertThat(sunday.rate().ageDays()).isEqualTo(3);
        assertThat(sunday.age()).isEqualTo(Freshness.FRESH);
        assertThat(monday.rate().rate()).isEqualByComparingTo("1.2321");
        assertThat(monday.rate().ageDays()).isEqualTo(4);
        assertThat(monday.age()).isEqualTo(Freshness.AGED);
        assertThat(tuesday.rate().rate()).isEqualByComparingTo("1.2308");
        assertThat(tuesday.rate().ageDays()).isZero();
    }

    @Test
    @Tag("MT8")
    @Tag("X7")
    void aCurrencyThatIsNoLongerQuotedGoesStale() {
        Converted sixth = bank.on("2022-03-06", "EUR", "RUB");
        Conversion seventh = bank.convert("1", "EUR", "RUB", RateQuery.on(LocalDate.of(2022, 3, 7)));
        Conversion krona = bank.convert("1", "EUR", "ISK", RateQuery.on(LocalDate.of(2012, 1, 2)));

        assertThat(sixth.rate().rate()).isEqualByComparingTo("117.201");
        assertThat(sixth.rate().ageDays()).isEqualTo(5);
        assertThat(((NoRate) seventh).reason()).isEqualTo(Reason.STALE);
        assertThat(lastKnown(seventh).observedOn()).isEqualTo(LocalDate.of(2022, 3, 1));
        assertThat(((NoRate) krona).reason()).isEqualTo(Reason.STALE);
        assertThat(lastKnown(krona).observedOn()).isEqualTo(LocalDate.of(2008, 12, 9));
    }

    @Test
    @Tag("X7")
    void aStaleRateIsUsedWhereThatIsAskedForAndSaysSo() {
        RateQuery anyAge = RateQuery.on(LocalDate.of(2022, 3, 7)).withStale(StalePolicy.USE_AND_FLAG);

        Converted rouble = bank.converted("1", "EUR", "RUB", anyAge);

        assertThat(rouble.age()).isEqualTo(Freshness.STALE);
        assertThat(rouble.rate().ageDays()).isEqualTo(6);
        assertThat(rouble.result()).isEqualTo(Money.of("117.20", "RUB"));
    }

    @Test
    @Tag("X7")
    void legsOfDifferentWeeksAreNotMultiplied() {
        RateQuery anyAge = RateQuery.on(LocalDate.of(2022, 3, 8)).withStale(StalePolicy.USE_AND_FLAG);

        Conversion cross = bank.convert("1", "USD", "RUB", anyAge);

        assertThat(((NoRate) cross).reason()).isEqualTo(Reason.LEGS_APART);
    }

    @Test
    @Tag("MT9")
    @Tag("X8")
    void theKunaIsObservedUntilTheEuroFixesIt() {
        Converted observed = bank.on("2022-12-30", "EUR", "HRK");
        Converted fixed = bank.on("2023-01-01", "EUR", "HRK");

        assertThat(observed.rate().rate()).isEqualByComparingTo("7.5365");
        assertThat(fixed.rate().rate()).isEqualByComparingTo("7.53450");
        assertThat(fixed.rate().legs().get(0).source()).isEqualTo("fixed");
        assertThat(fixed.age()).isEqualTo(Freshness.FRESH);
        assertThat(fixed.rate().ageDays()).isZero();
        assertThat(bank.converted("753.45", "HRK", "USD", RateQuery.latest()).result())
                .isEqualTo(Money.of("106.64", "USD"));
        assertThat(bank.converted("239.64", "SIT", "HRK", RateQuery.latest()).result())
                .isEqualTo(Money.of("7.53", "HRK"));
    }

    @Test
    @Tag("X8")
    void theLevIsFixedFrom2026() {
        assertThat(bank.on("2023-02-21", "EUR", "BGN").rate().rate()).isEqualByComparingTo("1.9558");
        assertThat(bank.on("2026-01-01", "EUR", "BGN").rate().rate()).isEqualByComparingTo("1.95583");
    }

    @Test
    @Tag("MT9")
    @Tag("X8")
    void noPegIsBuiltIn() {
        Conversion riyal = bank.convert("1", "USD", "SAR", RateQuery.latest());
        Currency points = new Currency("POINTS", 0, Currency.Kind.CRYPTO);
        Conversion unknown = bank.rates.convert(Money.of("1", "USD"), points);

        assertThat(((NoRate) riyal).reason()).isEqualTo(Reason.NO_RATE);
        assertThat(((NoRate) riyal).lastKnown()).isNull();
        assertThat(((NoRate) unknown).reason()).isEqualTo(Reason.UNKNOWN_CURRENCY);
    }

    @Test
    @Tag("X3")
    void oneCurrencyIsItself() {
        Converted same =
                bank.converted("12.34", "EUR", "EUR", RateQuery.latest().withMarkup(BigDecimal.TEN));

        assertThat(same.result()).isEqualTo(Money.of("12.34", "EUR"));
        assertThat(same.rate().rate()).isEqualByComparingTo("1");
        assertThat(same.rate().legs()).isEmpty();
    }

    @Test
    @Tag("X1")
    @Tag("X13")
    void anAppliedRateRepeatsItsConversionWithoutAStore() {
        Converted sale = bank.converted(
                "100.00", "GBP", "JPY", RateQuery.on(LocalDate.of(2019, 5, 2)).withMarkup(new BigDecimal("1.5")));

        assertThat(sale.rate().apply(sale.source(), RoundingMode.HALF_UP)).isEqualTo(sale.result());
        assertThat(sale.rate().markupPercent()).isEqualByComparingTo("1.5");
    }

    @Test
    @Tag("X2")
    void aSnapshotAnswersAloneAndForEver() {
        String id = bank.on("2018-04-03", "EUR", "USD").rate().legs().get(0).snapshotId();

        Converted dollar = bank.converted("100", "GBP", "USD", RateQuery.snapshot(id));

        assertThat(dollar.rate().legs()).allMatch(leg -> leg.snapshotId().equals(id));
        assertThat(dollar.age()).isEqualTo(Freshness.FRESH);
        assertThat(dollar.rate().observedOn()).isEqualTo(LocalDate.of(2018, 4, 3));
        assertThat(((NoRate) bank.convert("1", "EUR", "SAR", RateQuery.snapshot(id))).reason())
                .isEqualTo(Reason.NO_RATE);
    }

    @Test
    void aTableHasWhatThereIsAndNamesWhatThereIsNot() {
        Currency euro = Bank.currency("EUR");
        Currency dollar = Bank.currency("USD");
        Currency riyal = Bank.currency("SAR");

        RateTable table = bank.rates.table(euro, Set.of(riyal, dollar), RateQuery.on(LocalDate.of(2023, 2, 21)));

        assertThat(table.rates().get(dollar)).extracting(AppliedRate::rate).isEqualTo(new BigDecimal("1.0664"));
        assertThat(table.missing()).containsExactly(riyal);
    }

    @Test
    @Tag("X12")
    void insideATransactionItReadsInThatTransaction() {
        Conversion inside = bank.matrix
                .transactions()
                .returning(tx -> bank.rates.convert(
                        tx, Money.of("1.00", "EUR"), Bank.currency("USD"), RateQuery.on(LocalDate.of(2010, 3, 3))));

        assertThat(inside.orThrow().result()).isEqualTo(Money.of("1.36", "USD"));
    }
}
