package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeterminationTest {

    private static final TaxedItem HUNDRED = Shop.net("100.00", "EUR");
    private static final TaxId FR_ID = TaxId.parse("FR87314159260");

    private static Buyer consumer(String country) {
        return Buyer.consumer(Address.of(country));
    }

    private static TaxIdProof says(TaxIdProof.State state) {
        return id -> new TaxIdProof.Standing(state, null);
    }

    private static TaxGroup only(TaxCalculation calculation) {
        assertThat(calculation.groups()).as("%s", calculation.trace()).hasSize(1);
        return calculation.groups().get(0);
    }

    private static Undetermined.Cause cause(TaxOutcome outcome) {
        assertThat(outcome).isInstanceOf(Undetermined.class);
        return ((Undetermined) outcome).cause();
    }

    @ParameterizedTest
    @CsvSource({"2020-06-30,19.00", "2020-07-01,16.00", "2020-12-31,16.00", "2021-01-01,19.00"})
    @Tag("MT21")
    void theRateOfTheDayHolds(String day, String tax) {
        try (Shop shop = Shop.of(Shop.german())) {
            assertThat(shop.sell(day, consumer("DE"), HUNDRED).totals().tax()).isEqualTo(Money.of(tax, "EUR"));
        }
    }

    @Test
    @Tag("MT21")
    @Tag("TD3")
    void anInstantIsReadInTheZoneOfThePlaceOfSupply() {
        try (Shop shop = Shop.of(Shop.german("RO"))) {
            TaxRequest request = TaxRequest.invoice(
                            Shop.SELLER,
                            Shop.currency("EUR"),
                            TaxPoint.at(Instant.parse("2025-07-31T22:30:00Z")),
                            consumer("RO").seen(new LocationEvidence(EvidenceKind.IP, "RO", true)))
                    .item(HUNDRED)
                    .build();
            // Registered in Romania, but without the shop: its sales there are below EUR 10 000, and taxed at home.
            assertThat(shop.taxes.calculate(request).orThrow().totals().tax()).isEqualTo(Money.of("19.00", "EUR"));
        }
        try (Shop shop = Shop.of(Shop.germanWithShop())) {
            TaxRequest request = TaxRequest.invoice(
                            Shop.SELLER,
                            Shop.currency("EUR"),
                            TaxPoint.at(Instant.parse("2025-07-31T22:30:00Z")),
                            consumer("RO"))
                    .item(HUNDRED)
                    .build();
            TaxCalculation calculation = shop.taxes.calculate(request).orThrow();
            assertThat(calculation.taxDate()).hasToString("2025-08-01");
            assertThat(calculation.totals().tax()).isEqualTo(Money.of("21.00", "EUR"));
        }
    }

    @Test
    @Tag("MT23")
    @Tag("TD6")
    void aConfirmedBusinessInAnotherMemberStateOwesTheTaxItself() {
        Buyer french = Buyer.business(Address.of("FR"), FR_ID);
        try (Shop shop = Shop.of(Shop.germanWithShop(), wiring -> wiring.proof(says(TaxIdProof.State.VALID)))) {
            TaxCalculation reversed = shop.sell("2026-03-01", french, HUNDRED);
            TaxGroup group = only(reversed);
            assertThat(group.reason()).isEqualTo(TaxReason.REVERSE_CHARGE);
            assertThat(group.en16931Category()).isEqualTo("AE");
            assertThat(group.vatexCode()).isEqualTo("VATEX-EU-AE");
            assertThat(group.legalNote()).isEqualTo("Reverse charge");
            assertThat(reversed.totals().tax().isZero()).isTrue();
            assertThat(reversed.warnings()).isEmpty();
            assertThat(String.join("\n", reversed.trace()))
                    .contains("art. 44 and 196")
                    .doesNotContain("314159260");

            Buyer german = Buyer.business(Address.of("DE"), Shop.DE_ID);
            assertThat(shop.sell("2026-03-01", german, HUNDRED).totals().tax()).isEqualTo(Money.of("19.00", "EUR"));
        }
        try (Shop shop = Shop.of(Shop.germanWithShop(), wiring -> wiring.proof(says(TaxIdProof.State.PENDING)))) {
            TaxCalculation charged = shop.sell("2026-03-01", french, HUNDRED);
            assertThat(charged.totals().tax()).isEqualTo(Money.of("20.00", "EUR"));
            assertThat(charged.warnings()).contains(Warning.TAX_ID_PENDING);
        }
        try (Shop shop = Shop.of(
                Shop.germanWithShop(),
                wiring ->
                        wiring.proof(says(TaxIdProof.State.PENDING)).uncheckedIds(new UncheckedIds.TrustChecksum()))) {
            assertThat(only(shop.sell("2026-03-01", french, HUNDRED)).reason()).isEqualTo(TaxReason.REVERSE_CHARGE);
        }
    }

    @Test
    @Tag("TD6")
    void anIdThatIsNotConfirmedByViesMakesNoBusinessInTheUnionButOneElsewhere() {
        try (Shop shop = Shop.of(Shop.germanWithShop())) {
            assertThat(only(shop.sell("2026-03-01", Buyer.business(Address.of("FR"), FR_ID), HUNDRED))
                            .reason())
                    .isEqualTo(TaxReason.STANDARD);
            Buyer british = Buyer.business(Address.of("GB"), TaxId.parse("GB314159228"));
            assertThat(only(shop.sell("2026-03-01", british, HUNDRED)).reason()).isEqualTo(TaxReason.REVERSE_CHARGE);
            Buyer misspelt = Buyer.business(Address.of("GB"), TaxId.parse("GB314159229"));
            assertThat(only(shop.sell("2026-03-01", misspelt, HUNDRED)).reason())
                    .isEqualTo(TaxReason.NOT_COLLECTING);
        }
    }

    @Test
    @Tag("TD6")
    void aLastValidAnswerIsTrustedWhileItIsYoung() {
        TaxIdProof proof =
                id -> new TaxIdProof.Standing(TaxIdProof.State.PENDING, Instant.parse("2026-02-20T00:00:00Z"));
        Buyer french = Buyer.business(Address.of("FR"), FR_ID);
        for (int days : new int[] {5, 20}) {
            UncheckedIds policy = new UncheckedIds.TrustLastValid(java.time.Duration.ofDays(days));
            try (Shop shop =
                    Shop.of(Shop.germanWithShop(), wiring -> wiring.proof(proof).uncheckedIds(policy))) {
                assertThat(only(shop.sell("2026-03-01", french, HUNDRED)).reason())
                        .isEqualTo(days == 20 ? TaxReason.REVERSE_CHARGE : TaxReason.STANDARD);
            }
        }
    }

    @Test
    @Tag("MT24")
    @Tag("TD5")
    void evidenceOfTwoKindsDecidesAndATieConflicts() {
        LocationEvidence ip = new LocationEvidence(EvidenceKind.IP, "FR", true);
        LocationEvidence bank = new LocationEvidence(EvidenceKind.BANK, "DE", true);
        try (Shop shop = Shop.of(Shop.germanWithShop())) {
            assertThat(cause(shop.outcome("2026-03-01", consumer("DE").seen(ip), HUNDRED)))
                    .isEqualTo(Undetermined.Cause.EVIDENCE_CONFLICT);
            TaxCalculation decided = shop.sell("2026-03-01", consumer("DE").seen(ip, bank), HUNDRED);
            assertThat(only(decided).jurisdiction()).isEqualTo("DE");
            assertThat(decided.warnings()).doesNotContain(Warning.EVIDENCE_INSUFFICIENT);
            assertThat(shop.sell("2026-03-01", consumer("DE"), HUNDRED).warnings())
                    .contains(Warning.EVIDENCE_INSUFFICIENT);
        }
        try (Shop shop = Shop.of(Shop.germanWithShop(), TaxesBuilder::strictEvidence)) {
            assertThat(cause(shop.outcome("2026-03-01", consumer("DE"), HUNDRED)))
                    .isEqualTo(Undetermined.Cause.LOCATION_MISSING);
        }
        try (Shop shop = Shop.of(Shop.germanWithShop().below100k())) {
            Buyer seen = new Buyer(null, BuyerKind.CONSUMER, null, List.of(), List.of(ip));
            assertThat(shop.sell("2026-03-01", seen, HUNDRED).warnings()).doesNotContain(Warning.EVIDENCE_INSUFFICIENT);
        }
    }

    @Test
    @Tag("TD2")
    void whatRestsOnAnUncheckedSupplyRuleOrTerritoryWarns() {
        try (Shop shop = Shop.of(Shop.germanWithShop())) {
            Buyer emirati = Buyer.business(Address.of("AE"), TaxId.of("AE", "100123456789012"));
            assertThat(shop.sell("2026-03-01", emirati, HUNDRED).warnings()).contains(Warning.RATE_UNCONFIRMED);
            Buyer canarian = Buyer.consumer(Address.postal("ES", "35001"));
            assertThat(shop.sell("2026-03-01", canarian, HUNDRED).warnings()).contains(Warning.RATE_UNCONFIRMED);
            assertThat(shop.sell("2026-03-01", consumer("FR"), HUNDRED).warnings())
                    .doesNotContain(Warning.RATE_UNCONFIRMED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TX,BUSINESS,2026-01-01,50.00", "TX,CONSUMER,2026-01-01,50.00", "CT,BUSINESS,2026-01-01,10.00",
        "CT,CONSUMER,2026-01-01,63.50", "IA,BUSINESS,2026-01-01,0.00", "IA,CONSUMER,2026-01-01,60.00",
        "OH,BUSINESS,2026-01-01,57.50", "OH,CONSUMER,2026-01-01,0.00", "MD,BUSINESS,2025-06-30,0.00",
        "MD,BUSINESS,2025-07-01,30.00", "LA,CONSUMER,2024-12-31,0.00", "LA,CONSUMER,2025-01-01,50.00",
        "KY,CONSUMER,2023-01-01,60.00"
    })
    @Tag("MT25")
    @Tag("TD10")
    void statesTaxSoftwareEachInItsWay(String state, BuyerKind kind, String day, String tax) {
        try (Shop shop = Shop.of(Shop.american("US-" + state))) {
            Buyer buyer = new Buyer(null, kind, Address.of("US", state), List.of(), List.of());
            TaxCalculation calculation = shop.sell(day, buyer, Shop.net("1000.00", "USD"));
            assertThat(calculation.totals().tax()).isEqualTo(Money.of(tax, "USD"));
            assertThat(calculation.warnings()).contains(Warning.LOCAL_RATES_MISSING);
            if (state.equals("TX")) {
                assertThat(only(calculation).base()).isEqualTo(Money.of("800.00", "USD"));
            }
        }
    }

    @Test
    @Tag("MT26")
    @Tag("TD9")
    void withoutNexusNothingIsCollectedButCounted() {
        try (Shop shop = Shop.of(Shop.american())) {
            Buyer buyer = Buyer.consumer(Address.of("US", "TX"));
            TaxCalculation calculation = shop.sell("2026-03-01", buyer, Shop.net("400000.00", "USD"));
            assertThat(calculation.totals().tax().isZero()).isTrue();
            assertThat(only(calculation).reason()).isEqualTo(TaxReason.NOT_COLLECTING);
            assertThat(calculation.turnover()).containsEntry("US-TX", Money.of("400000.00", "USD"));
            assertThat(calculation.warnings()).doesNotContain(Warning.REGISTRATION_REQUIRED);
            shop.taxes.commit(calculation, "1");
            assertThat(shop.sell("2026-03-02", buyer, Shop.net("100001.00", "USD"))
                            .warnings())
                    .contains(Warning.REGISTRATION_REQUIRED);
        }
    }

    @Test
    @Tag("MT26")
    void manitobaTaxesSoftwareFrom2026() {
        SellerProfile seller = Shop.registered(SellerProfile.of(Shop.SELLER, Address.of("CA", "ON")), "CA", "CA-MB");
        try (Shop shop = Shop.of(seller)) {
            Buyer buyer = Buyer.consumer(Address.of("CA", "MB"));
            TaxedItem item = Shop.net("100.00", "CAD");
            assertThat(shop.sell("2025-12-31", buyer, item).totals().tax()).isEqualTo(Money.of("5.00", "CAD"));
            assertThat(shop.sell("2026-01-01", buyer, item).groups())
                    .extracting(TaxGroup::tax)
                    .containsExactly(Money.of("5.00", "CAD"), Money.of("7.00", "CAD"));
        }
    }

    @Test
    @Tag("TD7")
    @Tag("MT18")
    void canadianTaxesFollowTheBuyersProvince() {
        SellerProfile seller = Shop.registered(SellerProfile.of(Shop.SELLER, Address.of("CA", "ON")), "CA", "CA-QC");
        try (Shop shop = Shop.of(seller)) {
            TaxedItem item = Shop.net("100.00", "CAD");
            TaxCalculation quebec = shop.sell("2026-03-01", Buyer.consumer(Address.of("CA", "QC")), item);
            assertThat(quebec.groups())
                    .extracting(TaxGroup::tax)
                    .containsExactly(Money.of("5.00", "CAD"), Money.of("9.98", "CAD"));
            TaxCalculation ontario = shop.sell("2026-03-01", Buyer.consumer(Address.of("CA", "ON")), item);
            assertThat(only(ontario).type()).isEqualTo(TaxType.HST);
            assertThat(only(shop.sell("2026-03-01", Buyer.consumer(Address.of("CA", "AB")), item))
                            .type())
                    .isEqualTo(TaxType.GST);
        }
        try (Shop shop = Shop.of(Shop.american("CA", "CA-BC"))) {
            Buyer business = Buyer.business(Address.of("CA", "BC"), TaxId.parse("CA831415922"));
            TaxCalculation released = shop.sell("2026-03-01", business, Shop.net("100.00", "CAD"));
            assertThat(released.groups())
                    .extracting(TaxGroup::reason)
                    .containsExactly(TaxReason.NOT_SUBJECT, TaxReason.STANDARD);
            assertThat(released.totals().tax()).isEqualTo(Money.of("7.00", "CAD"));
        }
    }

    @Test
    @Tag("MT19")
    @Tag("TD7")
    void withinAnIndianStateTheTaxIsSplit() {
        SellerProfile seller = Shop.registered(SellerProfile.of(Shop.SELLER, Address.of("IN", "KA")), "IN");
        try (Shop shop = Shop.of(seller)) {
            TaxedItem item = Shop.net("100.50", "INR");
            TaxCalculation within = shop.sell("2026-03-01", Buyer.consumer(Address.of("IN", "29")), item);
            assertThat(within.groups())
                    .extracting(TaxGroup::tax)
                    .containsExactly(Money.of("9.05", "INR"), Money.of("9.05", "INR"));
            assertThat(within.groups()).extracting(TaxGroup::jurisdiction).containsExactly("IN", "IN-29");
            TaxCalculation between = shop.sell("2026-03-01", Buyer.consumer(Address.of("IN", "MH")), item);
            assertThat(only(between).tax()).isEqualTo(Money.of("18.09", "INR"));
            Buyer business = Buyer.business(Address.of("IN", "MH"), TaxId.parse("IN29ABCDE1234F1ZW"));
            assertThat(shop.sell("2026-03-01", business, item).groups()).hasSize(2);
        }
        try (Shop shop = Shop.of(Shop.german("IN"))) {
            TaxCalculation abroad =
                    shop.sell("2026-03-01", Buyer.consumer(Address.of("IN", "CH")), Shop.net("100.00", "INR"));
            assertThat(only(abroad).type()).isEqualTo(TaxType.IGST);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PT,9500-101,16.00,PT-20",
        "PT,2795-001,23.00,PT",
        "AT,6691,19.00,AT-JUNGHOLZ",
        "AT,6692,20.00,AT",
        "MC,98000,20.00,FR",
        "ES,28001,21.00,ES"
    })
    @Tag("MT27")
    @Tag("TD4")
    void territoriesAreRecognisedByTheirPostcodes(String country, String postcode, String tax, String jurisdiction) {
        try (Shop shop = Shop.of(Shop.germanWithShop())) {
            TaxCalculation calculation =
                    shop.sell("2026-03-01", Buyer.consumer(Address.postal(country, postcode)), HUNDRED);
            assertThat(only(calculation).jurisdiction()).isEqualTo(jurisdiction);
            assertThat(calculation.totals().tax()).isEqualTo(Money.of(tax, "EUR"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ES,35001,ES-CN",
        "DE,27498,DE-HELIGOLAND",
        "IT,23041,IT-LIVIGNO",
        "GR,630 86,GR-ATHOS",
        "FI,22100,FI-01",
        "FR,97300,FR-GF",
        "YT,97600,FR-YT"
    })
    @Tag("MT27")
    @Tag("TD4")
    void territoriesOutsideTheUnionsVatAreOutOfScope(String country, String postcode, String jurisdiction) {
        try (Shop shop = Shop.of(Shop.germanWithShop())) {
            TaxCalculation calculation =
                    shop.sell("2026-03-01", Buyer.consumer(Address.postal(country, postcode)), HUNDRED);
            assertThat(only(calculation).jurisdiction()).isEqualTo(jurisdiction);
            assertThat(only(calculation).reason()).isEqualTo(TaxReason.OUT_OF_SCOPE);
            assertThat(only(calculation).ratePercent()).isNull();
        }
    }

    @Test
    @Tag("TD4")
    void aRegistrationInTheCanariesChargesTheirTax() {
        try (Shop shop = Shop.of(Shop.german("ES-CN"))) {
            TaxGroup group = only(shop.sell("2026-03-01", Buyer.consumer(Address.postal("ES", "38001")), HUNDRED));
            assertThat(group.type()).isEqualTo(TaxType.IGIC);
            assertThat(group.en16931Category()).isEqualTo("L");
            assertThat(group.tax()).isEqualTo(Money.of("7.00", "EUR"));
        }
    }

    @ParameterizedTest
    @CsvSource({"AU,BELOW_THRESHOLD", "AE,NOT_COLLECTING", "NO,BELOW_THRESHOLD"})
    @Tag("TD9")
    void withoutARegistrationTheReasonSaysWhetherOneIsDue(String country, TaxReason reason) {
        try (Shop shop = Shop.of(Shop.american())) {
            String code = java.util.Currency.getInstance(
                            new java.util.Locale.Builder().setRegion(country).build())
                    .getCurrencyCode();
            TaxCalculation calculation = shop.sell("2026-03-01", consumer(country), Shop.net("100.00", code));
            assertThat(only(calculation).reason()).isEqualTo(reason);
            assertThat(calculation.warnings().contains(Warning.REGISTRATION_REQUIRED))
                    .isEqualTo(reason == TaxReason.NOT_COLLECTING);
        }
    }

    @Test
    @Tag("TD9")
    void aThresholdInAnotherCurrencyIsUnknownWithoutARate() {
        try (Shop shop = Shop.of(Shop.american())) {
            TaxCalculation calculation = shop.sell("2026-03-01", consumer("AU"), Shop.net("100.00", "USD"));
            assertThat(calculation.warnings()).contains(Warning.THRESHOLD_UNKNOWN);
            assertThat(only(calculation).reason()).isEqualTo(TaxReason.NOT_COLLECTING);
        }
    }

    @Test
    @Tag("TD1")
    void theUnknownIsNeverZero() {
        try (Shop shop = Shop.of(Shop.germanWithShop())) {
            Buyer nowhere = new Buyer(null, BuyerKind.CONSUMER, null, List.of(), List.of());
            assertThat(cause(shop.outcome("2026-03-01", nowhere, HUNDRED)))
                    .isEqualTo(Undetermined.Cause.LOCATION_MISSING);
            assertThat(cause(shop.outcome("2026-03-01", consumer("US"), HUNDRED)))
                    .isEqualTo(Undetermined.Cause.REGION_REQUIRED);
            assertThat(cause(shop.outcome("2026-03-01", consumer("BR"), HUNDRED)))
                    .isEqualTo(Undetermined.Cause.JURISDICTION_NOT_COVERED);
            TaxOutcome old = shop.outcome("2001-01-01", consumer("DE"), HUNDRED);
            assertThat(cause(old)).isEqualTo(Undetermined.Cause.NO_RATE);
            assertThatThrownBy(old::orThrow)
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("NO_RATE");
        }
        try (Shop shop = Shop.of(Shop.germanWithShop(), wiring -> wiring.outsideScope("BR"))) {
            assertThat(only(shop.sell("2026-03-01", consumer("BR"), HUNDRED)).reason())
                    .isEqualTo(TaxReason.OUT_OF_SCOPE);
        }
    }

    @Test
    @Tag("TD1")
    void theTraceTellsEachStepInOrder() {
        try (Shop shop = Shop.of(Shop.germanWithShop())) {
            assertThat(shop.sell("2026-03-01", consumer("FR"), HUNDRED).trace())
                    .extracting(line -> line.substring(0, line.indexOf(':')))
                    .containsSubsequence(
                            "registrations", "location", "product", "buyer", "place of supply", "rate", "arithmetic");
        }
    }

    @Test
    @Tag("TD12")
    void aHostsOverrideReplacesTheDecision() {
        try (Shop shop = Shop.of(Shop.german())) {
            TaxRequest request = shop.invoice("EUR", java.time.LocalDate.of(2026, 3, 1), consumer("DE"))
                    .items(Shop.items(AmountKind.NET, "EUR", "100.00", "50.00"))
                    .override(new TaxOverride("l1", TaxReason.REDUCED, new BigDecimal("7")))
                    .build();
            TaxCalculation calculation = shop.taxes.calculate(request).orThrow();
            assertThat(calculation.totals().tax()).isEqualTo(Money.of("16.50", "EUR"));
            assertThat(calculation.trace()).anyMatch(line -> line.contains("REDUCED by the host"));
        }
    }

    @Test
    @Tag("TD13")
    void outOfScopeBesideAnotherCategoryWarns() {
        try (Shop shop = Shop.of(Shop.german())) {
            TaxRequest request = shop.invoice("EUR", java.time.LocalDate.of(2026, 3, 1), consumer("DE"))
                    .items(Shop.items(AmountKind.NET, "EUR", "100.00", "50.00"))
                    .override(new TaxOverride("l1", TaxReason.OUT_OF_SCOPE, null))
                    .build();
            assertThat(shop.taxes.calculate(request).orThrow().warnings()).contains(Warning.MIXED_OUT_OF_SCOPE);
        }
        SellerProfile withoutId = Shop.registered(SellerProfile.of(Shop.SELLER, Address.of("DE")), "DE");
        try (Shop shop = Shop.of(withoutId, wiring -> wiring.proof(says(TaxIdProof.State.VALID)))) {
            assertThat(shop.sell("2026-03-01", Buyer.business(Address.of("FR"), FR_ID), HUNDRED)
                            .warnings())
                    .contains(Warning.SELLER_TAX_ID_MISSING);
        }
    }

    @Test
    @Tag("TD12")
    void goodsThatLeaveTheStateOfTheirSellerAreIntraCommunityOrExported() {
        TaxedItem goods = TaxedItem.net("g", Money.of("100.00", "EUR"), new ProductCategory("goods"));
        try (Shop shop = Shop.of(Shop.germanWithShop(), wiring -> wiring.proof(says(TaxIdProof.State.VALID)))) {
            assertThat(only(shop.sell("2026-03-01", Buyer.business(Address.of("FR"), FR_ID), goods))
                            .en16931Category())
                    .isEqualTo("K");
            assertThat(only(shop.sell("2026-03-01", consumer("CH"), goods)).en16931Category())
                    .isEqualTo("G");
            assertThat(only(shop.sell("2026-03-01", consumer("FR"), goods)).tax())
                    .isEqualTo(Money.of("20.00", "EUR"));
        }
    }

    @Test
    @Tag("TD2")
    void weakRulesWarn() {
        try (Shop shop = Shop.of(Shop.american("AU", "US-NY"))) {
            assertThat(shop.sell("2026-03-01", consumer("AU"), Shop.net("100.00", "AUD"))
                            .warnings())
                    .contains(Warning.RATE_UNCONFIRMED);
            Buyer newYork = Buyer.consumer(Address.of("US", "NY"));
            assertThat(shop.sell("2025-12-31", newYork, Shop.net("1.00", "USD")).warnings())
                    .contains(Warning.RATE_START_UNKNOWN);
            assertThat(shop.sell("2026-01-01", newYork, Shop.net("1.00", "USD")).warnings())
                    .doesNotContain(Warning.RATE_START_UNKNOWN);
        }
    }

    @Test
    void badInputIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> Address.of("UK"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("GB");
        assertThatThrownBy(() -> Address.of("ZZ")).hasMessageContaining("Unknown country");
        assertThatThrownBy(() -> new ProductCategory("Digital")).isInstanceOf(InvalidRequestException.class);
        try (Shop shop = Shop.of(Shop.german())) {
            assertThatThrownBy(() -> shop.invoice("EUR", Shop.LONG_AGO, consumer("DE"))
                            .item(Shop.net("1.00", "USD"))
                            .build())
                    .hasMessageContaining("in USD, the document in EUR");
            assertThatThrownBy(() -> shop.sell("2026-03-01", consumer("DE"), HUNDRED, HUNDRED))
                    .hasMessageContaining("Two items");
            assertThatThrownBy(() -> shop.taxes.calculate(TaxRequest.invoice(
                                    "nobody", Shop.currency("EUR"), TaxPoint.on(Shop.LONG_AGO), consumer("DE"))
                            .item(HUNDRED)
                            .build()))
                    .hasMessageContaining("Unknown seller");
        }
    }
}
