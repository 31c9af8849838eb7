package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.money.Money;
import dev.matrix.tax.Undetermined.Cause;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Territories and states, however an address names them. */
@Tag("TD4")
class PlacesTest {

    private static final TaxedItem HUNDRED = Shop.net("100.00", "EUR");
    private static final TaxedItem GOODS =
            TaxedItem.net("1", Money.of("100.00", "EUR"), new ProductCategory(ProductCategory.GOODS));

    private static Address address(String country, @Nullable String region, @Nullable String postcode) {
        return new Address(country, region, postcode, null);
    }

    private static String told(TaxCalculation calculation) {
        assertThat(calculation.groups()).hasSize(1);
        TaxGroup group = calculation.groups().get(0);
        return group.jurisdiction() + " " + group.reason() + " "
                + calculation.totals().tax().amount();
    }

    @ParameterizedTest
    @CsvSource({
        "PT,20,PT-20 STANDARD 16.00",
        "PT,30,PT-30 STANDARD 22.00",
        "PT,PT-30,PT-30 STANDARD 22.00",
        "PT,11,PT STANDARD 23.00",
        "ES,CN,ES-CN OUT_OF_SCOPE 0.00",
        "ES,GC,ES-CN OUT_OF_SCOPE 0.00",
        "ES,TF,ES-CN OUT_OF_SCOPE 0.00",
        "ES,CE,ES-CE OUT_OF_SCOPE 0.00",
        "ES,ML,ES-ML OUT_OF_SCOPE 0.00",
        "ES,M,ES STANDARD 21.00",
        "FI,01,FI-01 OUT_OF_SCOPE 0.00",
        "GR,69,GR-ATHOS OUT_OF_SCOPE 0.00",
        "FR,974,FR-RE OUT_OF_SCOPE 0.00",
        "FR,PF,FR-PF OUT_OF_SCOPE 0.00",
        "NL,AW,NL-AW OUT_OF_SCOPE 0.00",
        "DK,GL,DK-GL OUT_OF_SCOPE 0.00"
    })
    void aTerritoryIsKnownByItsRegion(String country, String region, String told) {
        try (Shop shop = Shop.of(Shop.germanWithShop())) {
            assertThat(told(shop.sell("2026-03-01", Buyer.consumer(address(country, region, null)), HUNDRED)))
                    .isEqualTo(told);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FR,97133,FR-BL",
        "FR,97150,FR-MF",
        "FR,97500,FR-PM",
        "FR,98600,FR-WF",
        "FR,98714,FR-PF",
        "FR,98800,FR-NC",
        "FR,98400,FR-TF",
        "DK,3900,DK-GL"
    })
    void collectivitiesOutsideFrenchTaxBearNone(String country, String postcode, String jurisdiction) {
        try (Shop shop = Shop.of(Shop.germanWithShop())) {
            assertThat(told(shop.sell("2026-03-01", Buyer.consumer(address(country, null, postcode)), HUNDRED)))
                    .isEqualTo(jurisdiction + " OUT_OF_SCOPE 0.00");
        }
    }

    @Test
    void channelIslandsAreNoPartOfTheUnitedKingdom() {
        try (Shop shop = Shop.of(Shop.german("GB"))) {
            assertThat(told(shop.sell("2026-03-01", Buyer.consumer(address("GB", null, "JE2 3AB")), HUNDRED)))
                    .isEqualTo("GB-JE OUT_OF_SCOPE 0.00");
            assertThat(told(shop.sell("2026-03-01", Buyer.consumer(address("GB", null, "SW1A 1AA")), HUNDRED)))
                    .isEqualTo("GB STANDARD 20.00");
        }
    }

    @ParameterizedTest
    @CsvSource({"PT,20,2795-001,PT", "PT,11,9500-101,PT-20", "ES,CN,28001,ES", "FR,IDF,97110,FR-GP"})
    void aRegionThatContradictsThePostcodeIsAWarningAndThePostcodeCounts(
            String country, String region, String postcode, String jurisdiction) {
        try (Shop shop = Shop.of(Shop.germanWithShop())) {
            TaxCalculation calculation =
                    shop.sell("2026-03-01", Buyer.consumer(address(country, region, postcode)), HUNDRED);
            assertThat(calculation.groups().get(0).jurisdiction()).isEqualTo(jurisdiction);
            assertThat(calculation.warnings()).contains(Warning.REGION_CONTRADICTS_POSTCODE);
        }
    }

    @ParameterizedTest
    @CsvSource({"PT,20,9500-101", "ES,TF,38001", "DE,SH,27498", "IT,SO,23041", "AT,8,6691", "FR,GP,97110"})
    void aRegionThatAgreesIsNone(String country, String region, String postcode) {
        try (Shop shop = Shop.of(Shop.germanWithShop())) {
            assertThat(shop.sell("2026-03-01", Buyer.consumer(address(country, region, postcode)), HUNDRED)
                            .warnings())
                    .doesNotContain(Warning.REGION_CONTRADICTS_POSTCODE);
        }
    }

    @ParameterizedTest
    @CsvSource({"97110,FR-GP", "97200,FR-MQ", "97400,FR-RE"})
    void overseasDepartmentsAreThirdTerritoriesTaxedByThoseWhoAreRegisteredInFrance(
            String postcode, String jurisdiction) {
        Buyer consumer = Buyer.consumer(address("FR", null, postcode));
        Buyer business = Buyer.business(address("FR", null, postcode), TaxId.parse("FR87314159260"));
        try (Shop shop = Shop.of(Shop.germanWithShop())) {
            // The one-stop shop collects nothing there, no reverse charge, no intra-Community supply.
            TaxCalculation sale = shop.sell("2026-03-01", consumer, HUNDRED);
            assertThat(told(sale)).isEqualTo(jurisdiction + " OUT_OF_SCOPE 0.00");
            assertThat(sale.turnover()).doesNotContainKey("EU-DISTANCE");
            assertThat(told(shop.sell("2026-03-01", business, HUNDRED))).isEqualTo(jurisdiction + " OUT_OF_SCOPE 0.00");
            assertThat(told(shop.sell("2026-03-01", business, GOODS))).isEqualTo(jurisdiction + " EXPORT 0.00");
        }
        try (Shop shop = Shop.of(Shop.german("FR"))) {
            assertThat(told(shop.sell("2026-03-01", consumer, HUNDRED))).isEqualTo(jurisdiction + " STANDARD 8.50");
        }
        try (Shop shop = Shop.of(Shop.registered(SellerProfile.of(Shop.SELLER, Address.of("FR")), "FR"))) {
            assertThat(told(shop.sell("2026-03-01", consumer, HUNDRED))).isEqualTo(jurisdiction + " STANDARD 8.50");
        }
    }

    @ParameterizedTest
    @CsvSource({"ES,,35001", "AX,,", "FR,,97300", "FI,01,", "DE,,27498", "FR,,97110", "GB,,JE2 3AB"})
    void goodsForATerritoryOutsideTheUnionsTaxAreExported(
            String country, @Nullable String region, @Nullable String postcode) {
        try (Shop shop = Shop.of(Shop.germanWithShop())) {
            TaxGroup group = shop.sell("2026-03-01", Buyer.consumer(address(country, region, postcode)), GOODS)
                    .groups()
                    .get(0);
            assertThat(group.en16931Category()).isEqualTo("G");
            assertThat(group.vatexCode()).isEqualTo("VATEX-EU-G");
        }
    }

    @ParameterizedTest
    @CsvSource({"CA,NF,CA-NL", "CA,PQ,CA", "CA,ONT,CA-ON", "CA,PEI,CA-PE"})
    void formerNamesOfProvincesAreRead(String country, String region, String jurisdiction) {
        TaxedItem item = Shop.net("100.00", "CAD");
        try (Shop shop = Shop.of(Shop.registered(SellerProfile.of(Shop.SELLER, Address.of("US", "NY")), "CA"))) {
            assertThat(shop.sell("2026-03-01", Buyer.consumer(Address.of(country, region)), item)
                            .groups())
                    .extracting(TaxGroup::jurisdiction)
                    .contains(jurisdiction);
        }
    }

    @Test
    void traditionalAbbreviationsOfStatesAreRead() {
        try (Shop shop = Shop.of(Shop.american("US-TX"))) {
            assertThat(shop.sell("2026-03-01", Buyer.consumer(Address.of("US", "TEX")), Shop.net("100.00", "USD"))
                            .totals()
                            .tax())
                    .isEqualTo(Money.of("5.00", "USD"));
        }
    }

    @ParameterizedTest
    @CsvSource({"US,ZZ", "US,PR", "US,GU", "US,VI", "CA,XX", "CA,NY", "IN,XX"})
    void aStateThatIsNotKnownIsNoAnswer(String country, String region) {
        try (Shop shop = Shop.of(Shop.american("US-NY"))) {
            TaxOutcome outcome = shop.outcome("2026-03-01", Buyer.consumer(Address.of(country, region)), HUNDRED);
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Undetermined.class, none -> assertThat(none.cause()).isEqualTo(Cause.REGION_UNKNOWN));
        }
    }

    @ParameterizedTest
    @CsvSource({"UK,IN-05", "UT,IN-05", "UL,IN-05", "OR,IN-21", "CT,IN-22", "TG,IN-36", "TS,IN-36", "DD,IN-26"})
    void indianStatesAreReadByEveryCodeTheyEverHad(String region, String jurisdiction) {
        SellerProfile seller = Shop.registered(SellerProfile.of(Shop.SELLER, Address.of("IN", region)), "IN");
        try (Shop shop = Shop.of(seller)) {
            TaxCalculation sale =
                    shop.sell("2026-03-01", Buyer.consumer(Address.of("IN", region)), Shop.net("100.00", "INR"));
            assertThat(sale.groups()).extracting(TaxGroup::jurisdiction).contains(jurisdiction);
            assertThat(sale.totals().tax()).isEqualTo(Money.of("18.00", "INR"));
        }
    }

    @Test
    void countriesAreReadInLowerCase() {
        assertThat(Address.of("de")).isEqualTo(Address.of("DE"));
        assertThat(Address.of("us", "tx")).isEqualTo(Address.of("US", "TX"));
        assertThat(TaxRegistration.local("us-tx", null, Shop.LONG_AGO).jurisdiction())
                .isEqualTo("US-TX");
        assertThat(TaxRule.of("fr-gp", TaxType.VAT, ProductCategory.SAAS, "8.5", Shop.LONG_AGO, "CGI art. 296")
                        .jurisdiction())
                .isEqualTo("FR-GP");
        assertThat(new LocationEvidence(EvidenceKind.IP, "fr", false).country()).isEqualTo("FR");
        try (Shop shop = Shop.of(Shop.german(), wiring -> wiring.outsideScope("kz"))) {
            assertThat(shop.sell("2026-03-01", Buyer.consumer(Address.of("kz")), HUNDRED)
                            .groups())
                    .extracting(TaxGroup::reason)
                    .containsExactly(TaxReason.OUT_OF_SCOPE);
        }
        assertThat(Set.of(Address.of("gr"))).containsExactly(Address.of("GR"));
    }
}
