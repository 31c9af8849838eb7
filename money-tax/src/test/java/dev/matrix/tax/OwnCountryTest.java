package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Money;
import dev.matrix.tax.spi.TaxRuleSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Countries that a host adds: whole, or not at all. */
@Tag("TD6")
class OwnCountryTest {

    private static final LocalDate START = LocalDate.of(2022, 1, 1);
    private static final String LAW = "Tax Code of Kazakhstan, chapter on foreign companies";
    private static final TaxThreshold THRESHOLD = new TaxThreshold(
            "KZ",
            "KZ",
            "KZ",
            Money.of("1000.00", "EUR"),
            true,
            TaxThreshold.Window.CURRENT_OR_PREVIOUS_YEAR,
            START,
            null,
            LAW,
            Confidence.SOLID);

    private static TaxRule vat(String jurisdiction, String percent) {
        return TaxRule.of(jurisdiction, TaxType.VAT, ProductCategory.STANDARD, percent, START, LAW);
    }

    private static TaxCountry kazakhstan() {
        return TaxCountry.of("kz", ZoneId.of("Asia/Almaty"))
                .with(SupplyRule.consumers(START, LAW))
                .with(SupplyRule.businesses(SupplyRule.Treatment.REVERSE_CHARGE, "KZ", START, LAW))
                .with(vat("KZ", "12"))
                .with(THRESHOLD)
                .with(new TaxCountry.Part("KZ-BAIKONUR", "4683", "4683", Set.of("BAY")))
                .with(vat("KZ-BAIKONUR", "5"))
                .withTaxIds("[0-9]{12}");
    }

    private static String told(TaxCalculation sale) {
        TaxGroup group = sale.groups().get(0);
        return group.jurisdiction() + " " + group.reason() + " "
                + sale.totals().tax().amount();
    }

    @Test
    void aCountryIsAddedWithRatesThresholdsTerritoriesAndIds() {
        Buyer consumer = Buyer.consumer(Address.of("KZ"));
        TaxedItem item = Shop.net("100.00", "EUR");
        try (Shop shop = Shop.of(Shop.german(), wiring -> wiring.country(kazakhstan()))) {
            assertThat(told(shop.sell("2026-03-01", consumer, item))).isEqualTo("KZ BELOW_THRESHOLD 0.00");
            shop.taxes.commit(shop.sell("2026-03-01", consumer, Shop.net("1000.01", "EUR")), "1");
            assertThat(shop.sell("2026-03-02", consumer, item).warnings()).contains(Warning.REGISTRATION_REQUIRED);
            assertThat(shop.taxes.registrations().thresholds()).contains(THRESHOLD);
        }
        try (Shop shop = Shop.of(Shop.german("KZ"), wiring -> wiring.country(kazakhstan()))) {
            assertThat(told(shop.sell("2026-03-01", consumer, item))).isEqualTo("KZ STANDARD 12.00");
            assertThat(told(shop.sell("2026-03-01", Buyer.consumer(Address.postal("KZ", "468320")), item)))
                    .isEqualTo("KZ-BAIKONUR STANDARD 5.00");
            assertThat(told(shop.sell("2026-03-01", Buyer.consumer(Address.of("KZ", "BAY")), item)))
                    .isEqualTo("KZ-BAIKONUR STANDARD 5.00");
            Buyer business = Buyer.business(Address.of("KZ"), TaxId.parse("KZ123456789012"));
            assertThat(told(shop.sell("2026-03-01", business, item))).isEqualTo("KZ REVERSE_CHARGE 0.00");
            Buyer malformed = Buyer.business(Address.of("KZ"), TaxId.parse("KZ1234"));
            assertThat(told(shop.sell("2026-03-01", malformed, item))).isEqualTo("KZ STANDARD 12.00");
            shop.taxes.rates().add(TaxRule.of("KZ", TaxType.VAT, ProductCategory.SAAS, "16", START, LAW));
            assertThat(told(shop.sell("2026-03-01", consumer, item))).isEqualTo("KZ STANDARD 16.00");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KZ            | no supply rule covers KZ",
                "IM            | IM counts as GB",
                "DE-BY         | DE has no territory of that name",
                "US            | taxed by states",
                "US-ZZ         | taxed by states",
                "CA-ON-TORONTO | taxed by states",
                "IN-29         | IN has no territory of that name"
            })
    void aRuleThatCouldHaveNoEffectIsRefusedWithTheReason(String jurisdiction, String reason) {
        TaxRule rule = vat(jurisdiction, "12");
        try (Shop shop = Shop.of(Shop.german())) {
            assertThatThrownBy(() -> shop.taxes.rates().add(rule))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining(reason);
        }
        TaxRuleSource source = new TaxRuleSource() {

            @Override
            public String version() {
                return "own";
            }

            @Override
            public Stream<TaxRule> rules() {
                return Stream.of(rule);
            }
        };
        assertThatThrownBy(() -> Shop.of(Shop.german(), wiring -> wiring.rules(source)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void everyShippedRuleCanDecideOnASale() {
        assertThat(SeedRules.INSTANCE.rules())
                .allSatisfy(rule -> assertThat(Geography.shipped().unreachable(rule.jurisdiction()))
                        .isNull());
    }

    @Test
    void aCountryThatIsNotWholeIsRefusedWithWhatItLacks() {
        TaxCountry ratesAlone = TaxCountry.of("KZ", ZoneId.of("Asia/Almaty")).with(vat("KZ", "12"));
        TaxCountry noRate = TaxCountry.of("GE", ZoneId.of("Asia/Tbilisi"))
                .with(SupplyRule.consumers(START, LAW))
                .with(SupplyRule.businesses(SupplyRule.Treatment.NOT_SUBJECT, "DECLARED", START, LAW));
        TaxCountry shipped = TaxCountry.of("DE", ZoneId.of("Europe/Berlin"));

        assertThatThrownBy(() -> Shop.of(
                        Shop.german(),
                        wiring -> wiring.country(ratesAlone).country(noRate).country(shipped)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("KZ lacks a supply rule for a business")
                .hasMessageContaining("GE lacks a rate of the category standard")
                .hasMessageContaining("DE is covered already");
        assertThatThrownBy(() -> kazakhstan().with(vat("GE", "18")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("no part of the country KZ");
        assertThatThrownBy(() -> kazakhstan().withTaxIds("["))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("no regular expression");
        assertThatThrownBy(() -> new TaxCountry.Part("KZ-X", "", "", Set.of()))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new SupplyRule(
                        BuyerKind.CONSUMER,
                        SupplyRule.Treatment.DESTINATION,
                        Set.of(),
                        "KZ",
                        null,
                        LAW,
                        Confidence.SOLID,
                        null,
                        null))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> SupplyRule.consumers(START, " ")).isInstanceOf(InvalidRequestException.class);
    }
}
