package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Money;
import dev.matrix.tax.Undetermined.Cause;
import dev.matrix.tax.spi.LocalRateProvider;
import dev.matrix.tax.spi.LocalRates;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Categories of products, and the numbers and codes that documents show for them. */
class ProductsTest {

    private static TaxedItem item(String amount, String code, String category) {
        return TaxedItem.net("1", Money.of(amount, code), new ProductCategory(category));
    }

    private static Shop at(String country) {
        return Shop.of(Shop.registered(SellerProfile.of(Shop.SELLER, Address.of(country)), country));
    }

    @ParameterizedTest
    @CsvSource({
        "DE,reduced,2019-05-02,7.00",
        "DE,reduced,2020-08-01,5.00",
        "NL,reduced,2018-06-01,6.00",
        "CH,reduced.2_6,2023-06-01,2.50",
        "CH,reduced.3_8,2023-06-01,3.70",
        "CH,reduced.3_8,2017-06-01,3.80"
    })
    @Tag("TD2")
    void aReducedRateIsThatOfItsDay(String country, String category, String day, String tax) {
        try (Shop shop = at(country)) {
            assertThat(shop.sell(day, Buyer.consumer(Address.of(country)), item("100.00", "EUR", category))
                            .totals()
                            .tax())
                    .isEqualTo(Money.of(tax, "EUR"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DE,reduced.10,2026-03-01,NO_RATE,[reduced; standard]",
        "BE,reduced,2026-03-01,NO_RATE,[reduced.12; reduced.6; standard]",
        "CZ,reduced,2020-03-01,NO_RATE,reduced",
        "DE,zero,2026-03-01,NO_RATE,reduced",
        "FR,digtal.saas,2026-03-01,CATEGORY_UNKNOWN,[digital]",
        "FR,dgital,2026-03-01,CATEGORY_UNKNOWN,digital",
        "FR,books.audio,2026-03-01,CATEGORY_UNKNOWN,goods"
    })
    @Tag("TD1")
    void aCategoryWithoutARowIsNeverTheStandardRate(
            String country, String category, String day, Cause cause, String near) {
        try (Shop shop = at(country)) {
            TaxOutcome outcome =
                    shop.outcome(day, Buyer.consumer(Address.of(country)), item("100.00", "EUR", category));
            assertThat(outcome).isInstanceOfSatisfying(Undetermined.class, none -> {
                assertThat(none.cause()).isEqualTo(cause);
                assertThat(none.trace().get(none.trace().size() - 1)).contains(near.replace("; ", ", "));
            });
        }
    }

    @Test
    void aCategoryOfTheHostsOwnIsTaxedAsWhatItFallsBackTo() {
        ProductCategory training = new ProductCategory("training");
        Buyer buyer = Buyer.consumer(Address.of("DE"));
        try (Shop shop = Shop.of(Shop.german(), wiring -> wiring.category(training))) {
            assertThat(shop.sell("2026-03-01", buyer, item("100.00", "EUR", "training.online"))
                            .totals()
                            .tax())
                    .isEqualTo(Money.of("19.00", "EUR"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CA,ON,CAD,30000.00,30000.01",
        "SG,,SGD,1000000.00,1000000.01",
        "NO,,NOK,50000.00,50000.01",
        "JP,,JPY,10000000,10000001"
    })
    @Tag("TD9")
    void aThresholdThatIsToBeExceededIsNotReachedByItsAmount(
            String country, String region, String code, String reached, String exceeded) {
        Buyer buyer = Buyer.consumer(new Address(country, region, null, null));
        try (Shop shop = Shop.of(Shop.german())) {
            assertThat(shop.sell("2026-03-01", buyer, Shop.net(reached, code)).warnings())
                    .doesNotContain(Warning.REGISTRATION_REQUIRED);
            assertThat(shop.sell("2026-03-01", buyer, Shop.net(exceeded, code)).warnings())
                    .contains(Warning.REGISTRATION_REQUIRED);
        }
    }

    @ParameterizedTest
    @CsvSource({"AU,AUD,74999.99,75000.00", "NZ,NZD,59999.99,60000.00"})
    @Tag("TD9")
    void aThresholdThatIsToBeReachedIs(String country, String code, String below, String reached) {
        Buyer buyer = Buyer.consumer(Address.of(country));
        try (Shop shop = Shop.of(Shop.german())) {
            assertThat(shop.sell("2026-03-01", buyer, Shop.net(below, code)).warnings())
                    .doesNotContain(Warning.REGISTRATION_REQUIRED);
            assertThat(shop.sell("2026-03-01", buyer, Shop.net(reached, code)).warnings())
                    .contains(Warning.REGISTRATION_REQUIRED);
        }
    }

    @Test
    @Tag("TA6")
    void anInvoiceMayHaveANegativeGroupWhichIsFiledWithItsSign() {
        LocalDate day = LocalDate.of(2026, 3, 1);
        try (Shop shop = Shop.of(Shop.german())) {
            TaxRequest request = shop.invoice("EUR", day, Buyer.consumer(Address.of("DE")))
                    .item(item("100.00", "EUR", "standard"))
                    .item(TaxedItem.net("2", Money.of("-20.00", "EUR"), new ProductCategory("reduced")))
                    .build();
            TaxTransaction sale =
                    shop.taxes.commit(shop.taxes.calculate(request).orThrow(), "inv-1");

            assertThat(sale.calculation().totals().tax()).isEqualTo(Money.of("17.60", "EUR"));
            assertThat(shop.taxes.summary(Shop.SELLER, day, day))
                    .extracting(row -> row.ratePercent() + " " + row.base().amount() + " "
                            + row.tax().amount())
                    .containsExactly("7 -20.00 -1.40", "19 100.00 19.00");
            shop.taxes.reverse(sale.id(), new Reversal.Flat("r1", Money.of("9.76", "EUR")));
            shop.taxes.reverse(sale.id(), new Reversal.Full("r2"));
            assertThat(shop.taxes.summary(Shop.SELLER, day, day))
                    .allSatisfy(row -> assertThat(row.tax().isZero()).isTrue());
        }
    }

    @Test
    @Tag("TA6")
    void anInvoiceOfANegativeTotalIsACreditNote() {
        try (Shop shop = Shop.of(Shop.german())) {
            Buyer buyer = Buyer.consumer(Address.of("DE"));
            assertThatThrownBy(() -> shop.outcome(
                            "2026-03-01",
                            buyer,
                            item("10.00", "EUR", "standard"),
                            TaxedItem.net("2", Money.of("-20.00", "EUR"), new ProductCategory("reduced"))))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("credit note");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.24,6.5,3.85,0.01,0.01",
        "0.15,6.5,3.85,0.01,0.01",
        "100.00,6.5,3.85,6.50,3.85",
        "9.99,6.5,3.75,0.65,0.37"
    })
    @Tag("TA3")
    void aStatesTaxAndItsPlacesAreRoundedTogether(String net, String state, String local, String first, String second) {
        LocalRateProvider provider = (address, day, category, kind) -> new LocalRates.Found(List.of(
                new LocalRates.LocalRate("US-WA-SEATTLE", TaxType.SALES, new BigDecimal(local), BigDecimal.ONE)));
        try (Shop shop = Shop.of(Shop.american("US-WA"), wiring -> wiring.localRates(provider))) {
            TaxCalculation sale = shop.sell("2026-03-01", Buyer.consumer(Address.of("US", "WA")), Shop.net(net, "USD"));
            BigDecimal combined = new BigDecimal(net)
                    .multiply(new BigDecimal(state).add(new BigDecimal(local)).movePointLeft(2))
                    .setScale(2, RoundingMode.HALF_UP);
            assertThat(sale.totals().tax().amount()).isEqualByComparingTo(combined);
            assertThat(sale.rounding().values())
                    .extracting(RoundingPolicy::level)
                    .containsOnly(RoundingPolicy.Level.COMBINED);
            assertThat(sale.groups())
                    .extracting(group -> group.tax().amount())
                    .containsExactly(new BigDecimal(first), new BigDecimal(second));
        }
    }

    @Test
    @Tag("TA3")
    void aStatesTaxAloneIsRoundedAsAnyOther() {
        try (Shop shop = Shop.of(Shop.american("US-WA"))) {
            assertThat(shop.sell("2026-03-01", Buyer.consumer(Address.of("US", "WA")), Shop.net("9.99", "USD"))
                            .rounding())
                    .containsOnly(entry("US-WA", RoundingPolicy.standard()));
        }
    }

    @Test
    @Tag("TD6")
    void singaporesGstNumberProvesABusinessAndAUenAloneDoesNot() {
        SellerProfile seller = Shop.german("SG");
        Address address = Address.of("SG");
        try (Shop shop = Shop.of(seller)) {
            for (String number : List.of("SGM90312345A", "SGM2-1234567-8")) {
                assertThat(shop.sell(
                                        "2026-03-01",
                                        Buyer.business(address, TaxId.parse(number)),
                                        Shop.net("1.00", "SGD"))
                                .groups())
                        .extracting(TaxGroup::reason)
                        .containsExactly(TaxReason.REVERSE_CHARGE);
            }
            TaxCalculation unproven = shop.sell(
                    "2026-03-01", Buyer.business(address, TaxId.parse("UEN 53141592M")), Shop.net("100.00", "SGD"));
            assertThat(unproven.totals().tax()).isEqualTo(Money.of("9.00", "SGD"));
            assertThat(unproven.warnings()).contains(Warning.TAX_ID_PENDING);
        }
    }

    @ParameterizedTest
    @CsvSource({"US,NY,USD", "CA,ON,CAD", "CA,QC,CAD", "AU,,AUD"})
    @Tag("TD13")
    void taxesThatAreNoVatHaveNoCategoryOfVat(String country, String region, String code) {
        SellerProfile seller = Shop.german("US-NY", "CA", "CA-QC", "AU");
        try (Shop shop = Shop.of(seller)) {
            TaxCalculation sale = shop.sell(
                    "2026-03-01", Buyer.consumer(new Address(country, region, null, null)), Shop.net("100.00", code));
            assertThat(sale.totals().tax().signum()).isPositive();
            assertThat(sale.groups()).extracting(TaxGroup::en16931Category).containsOnlyNulls();
        }
    }

    @ParameterizedTest
    @CsvSource({"2025-06-01,11.00", "2026-03-01,15.00"})
    @Tag("TD10")
    void chicagoTaxesTheLeaseOfSoftwareToEitherKindOfBuyer(String day, String tax) {
        Address chicago = new Address("US", "IL", null, "Chicago");
        TaxedItem item = Shop.net("100.00", "USD");
        try (Shop shop = Shop.of(Shop.american("US-IL", "US-IL-CHICAGO"))) {
            for (Buyer buyer : List.of(Buyer.consumer(chicago), Buyer.business(chicago))) {
                assertThat(shop.sell(day, buyer, item).totals().tax()).isEqualTo(Money.of(tax, "USD"));
            }
            assertThat(shop.sell(day, Buyer.consumer(Address.of("US", "IL")), item)
                            .totals()
                            .tax())
                    .isEqualTo(Money.of("0.00", "USD"));
        }
    }

    @ParameterizedTest
    @CsvSource({"2018-09-30,5.75", "2018-10-01,6.00"})
    @Tag("TD2")
    void theDistrictOfColumbiaRaisedItsRateInOctober2018(String day, String tax) {
        try (Shop shop = Shop.of(Shop.american("US-DC"))) {
            assertThat(shop.sell(day, Buyer.consumer(Address.of("US", "DC")), item("100.00", "USD", "goods"))
                            .totals()
                            .tax())
                    .isEqualTo(Money.of(tax, "USD"));
        }
    }
}
