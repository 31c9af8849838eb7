package dev.matrix.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.RateQuery;
import dev.matrix.money.source.EcbRates;
import dev.matrix.testkit.ScriptedTransport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rates that move too far wait until something bears them out. */
@Tag("X11")
class QuarantineTest {

    private String published = "";
    private final Bank bank = Bank.at(
            "2026-01-12T15:10:00Z",
            ScriptedTransport.answering(call -> Ecb.ok(published, "\"" + published.length() + "\"")),
            EcbRates.create());

    @BeforeEach
    void monday() {
        publish("2026-01-12", "USD=1.1000 JPY=160");
        bank.drive();
    }

    private void publish(String day, String rates) {
        published = Ecb.document(Map.of(day, rates));
    }

    private Money dollars() {
        return bank.converted("100.00", "EUR", "USD", RateQuery.latest()).result();
    }

    private List<RateStatus> statuses() {
        return bank.history("ecb").stream().map(RateSnapshot::status).toList();
    }

    private String newestId() {
        List<RateSnapshot> all = bank.history("ecb");
        return all.get(all.size() - 1).id();
    }

    @Test
    void aMoveAboveTenPercentWaitsAndIsTold() {
        publish("2026-01-13", "USD=1.2200 JPY=160");
        bank.advanceTo("2026-01-13T15:10:00Z");

        assertThat(statuses()).containsExactly(RateStatus.ACCEPTED, RateStatus.QUARANTINED);
        assertThat(dollars()).isEqualTo(Money.of("110.00", "USD"));
        assertThat(bank.events()).containsExactly("exchange_rate.quarantined");
    }

    @Test
    void aMoveOfExactlyTenPercentPasses() {
        publish("2026-01-13", "USD=1.2100 JPY=160");
        bank.advanceTo("2026-01-13T15:10:00Z");

        assertThat(dollars()).isEqualTo(Money.of("121.00", "USD"));
    }

    @Test
    void theNextFetchThatAgreesWithinOnePercentEndsIt() {
        publish("2026-01-13", "USD=1.2200 JPY=160");
        bank.advanceTo("2026-01-13T15:10:00Z");
        publish("2026-01-14", "USD=1.2300 JPY=160");
        bank.advanceTo("2026-01-14T15:10:00Z");

        assertThat(statuses()).containsExactly(RateStatus.ACCEPTED, RateStatus.ACCEPTED, RateStatus.ACCEPTED);
        assertThat(dollars()).isEqualTo(Money.of("123.00", "USD"));
    }

    @Test
    void theSamePublishedAgainAgreesToo() {
        publish("2026-01-13", "USD=1.2200 JPY=160");
        bank.advanceTo("2026-01-13T15:10:00Z");
        bank.advanceTo("2026-01-13T21:10:00Z");

        assertThat(statuses()).containsExactly(RateStatus.ACCEPTED, RateStatus.ACCEPTED);
        assertThat(dollars()).isEqualTo(Money.of("122.00", "USD"));
    }

    @Test
    void aSlipThatIsGoneByTheNextFetchIsNeverUsed() {
        publish("2026-01-13", "USD=11.000 JPY=160");
        bank.advanceTo("2026-01-13T15:10:00Z");
        publish("2026-01-14", "USD=1.1050 JPY=160");
        bank.advanceTo("2026-01-14T15:10:00Z");

        assertThat(statuses()).containsExactly(RateStatus.ACCEPTED, RateStatus.QUARANTINED, RateStatus.ACCEPTED);
        assertThat(dollars()).isEqualTo(Money.of("110.50", "USD"));
    }

    @Test
    void aSlipThatTheSourceCorrectsIsReplacedByTheCorrection() {
        publish("2026-01-13", "USD=11.000 JPY=160");
        bank.advanceTo("2026-01-13T15:10:00Z");
        publish("2026-01-13", "USD=1.1000 JPY=161");
        bank.advanceTo("2026-01-13T21:10:00Z");

        assertThat(bank.converted("1", "EUR", "JPY", RateQuery.latest()).result())
                .isEqualTo(Money.of("161", "JPY"));
        assertThat(bank.history("ecb")).extracting(RateSnapshot::revision).contains(2);
    }

    @Test
    @Tag("X2")
    void aSlipThatWasRepeatedIsCorrectedOnceTheSourceSaysSo() {
        publish("2026-01-13", "USD=11.000 JPY=160");
        bank.advanceTo("2026-01-13T15:10:00Z");
        bank.advanceTo("2026-01-13T21:10:00Z");
        assertThat(dollars()).isEqualTo(Money.of("1100.00", "USD"));

        publish("2026-01-13", "USD=1.1040 JPY=160");
        bank.advanceTo("2026-01-14T03:10:00Z");

        assertThat(dollars()).isEqualTo(Money.of("110.40", "USD"));
        assertThat(bank.on("2026-01-13", "EUR", "USD").result()).isEqualTo(Money.of("1.10", "USD"));
    }

    @Test
    @Tag("X2")
    void aCorrectionThatIsFarFromAllThatWasKnownIsUsedOnceItIsRepeated() {
        publish("2026-01-13", "USD=11.000 JPY=160");
        bank.advanceTo("2026-01-13T15:10:00Z");
        bank.advanceTo("2026-01-13T21:10:00Z");

        publish("2026-01-13", "USD=1.3000 JPY=160");
        bank.advanceTo("2026-01-14T03:10:00Z");
        assertThat(dollars()).isEqualTo(Money.of("1100.00", "USD"));
        bank.advanceTo("2026-01-14T09:10:00Z");

        assertThat(dollars()).isEqualTo(Money.of("130.00", "USD"));
    }

    @Test
    @Tag("X2")
    void aPastDaysCorrectionIsUsedOnceItIsRepeated() {
        publish("2026-01-13", "USD=1.1000 JPY=160");
        bank.advanceTo("2026-01-13T15:10:00Z");
        publish("2026-01-14", "USD=1.1000 JPY=160");
        bank.advanceTo("2026-01-14T15:10:00Z");

        published = Ecb.document(Map.of("2026-01-13", "USD=1.4000 JPY=160", "2026-01-14", "USD=1.1000 JPY=160"));
        bank.advanceTo("2026-01-14T21:10:00Z");
        assertThat(bank.on("2026-01-13", "EUR", "USD").result()).isEqualTo(Money.of("1.10", "USD"));
        bank.advanceTo("2026-01-15T03:10:00Z");

        assertThat(bank.on("2026-01-13", "EUR", "USD").result()).isEqualTo(Money.of("1.40", "USD"));
        assertThat(dollars()).isEqualTo(Money.of("110.00", "USD"));
    }

    @Test
    void aPastDaysRatesAreNotReplacedByWhatIsImplausible() {
        publish("2026-01-13", "USD=1.1000 JPY=160");
        bank.advanceTo("2026-01-13T15:10:00Z");
        publish("2026-01-14", "USD=1.1000 JPY=160");
        bank.advanceTo("2026-01-14T15:10:00Z");
        published = Ecb.document(Map.of("2026-01-13", "USD=11.000 JPY=160", "2026-01-14", "USD=1.1000 JPY=160"));
        bank.advanceTo("2026-01-14T21:10:00Z");
        published = Ecb.document(Map.of("2026-01-13", "USD=5.0000 JPY=160", "2026-01-14", "USD=1.1000 JPY=160"));
        bank.advanceTo("2026-01-15T03:10:00Z");

        assertThat(bank.on("2026-01-13", "EUR", "USD").result()).isEqualTo(Money.of("1.10", "USD"));
    }

    @Test
    @Tag("X2")
    void whatWaitsOrWasRejectedConvertsNothing() {
        publish("2026-01-13", "USD=11.000 JPY=160");
        bank.advanceTo("2026-01-13T15:10:00Z");
        RateQuery itself = RateQuery.snapshot(newestId());
        assertThatThrownBy(() -> bank.convert("1", "EUR", "USD", itself))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("QUARANTINED");

        bank.rates.reject(newestId());
        assertThatThrownBy(() -> bank.convert("1", "EUR", "USD", itself))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("REJECTED");
    }

    @Test
    void twoSurprisesInARowBothWait() {
        publish("2026-01-13", "USD=1.3000 JPY=160");
        bank.advanceTo("2026-01-13T15:10:00Z");
        publish("2026-01-14", "USD=1.5000 JPY=160");
        bank.advanceTo("2026-01-14T15:10:00Z");

        assertThat(statuses()).containsExactly(RateStatus.ACCEPTED, RateStatus.QUARANTINED, RateStatus.QUARANTINED);
    }

    @Test
    void aDayOfTheSameFileBearsOutTheDayBefore() {
        published = Ecb.document(Map.of(
                "2026-01-13", "USD=1.3000 JPY=160",
                "2026-01-14", "USD=1.3010 JPY=160"));
        bank.advanceTo("2026-01-14T15:10:00Z");

        assertThat(statuses()).containsExactly(RateStatus.ACCEPTED, RateStatus.ACCEPTED, RateStatus.ACCEPTED);
        assertThat(bank.events()).isEmpty();
    }

    @Test
    void aPersonConfirmsOnce() {
        publish("2026-01-13", "USD=1.3000 JPY=160");
        bank.advanceTo("2026-01-13T15:10:00Z");
        String id = newestId();

        bank.rates.confirm(id);

        assertThat(dollars()).isEqualTo(Money.of("130.00", "USD"));
        assertThatThrownBy(() -> bank.rates.confirm(id))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining(id);
        assertThatThrownBy(() -> bank.rates.reject("fxs_none")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void whatAPersonRejectsIsNeverUsedHoweverOftenItComes() {
        publish("2026-01-13", "USD=1.3000 JPY=160");
        bank.advanceTo("2026-01-13T15:10:00Z");
        bank.rates.reject(newestId());
        bank.advanceTo("2026-01-13T21:10:00Z");

        assertThat(statuses()).containsExactly(RateStatus.ACCEPTED, RateStatus.REJECTED);
        assertThat(dollars()).isEqualTo(Money.of("110.00", "USD"));
    }
}
