package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.money.Money;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where a seller of one member state taxes consumers of the others (TD8). */
class EuropeanThresholdTest {

    private static final TaxedItem HUNDRED = Shop.net("100.00", "EUR");

    private static Buyer consumer(String country) {
        return Buyer.consumer(Address.of(country));
    }

    private static TaxGroup only(TaxCalculation calculation) {
        assertThat(calculation.groups()).hasSize(1);
        return calculation.groups().get(0);
    }

    @Test
    @Tag("MT24")
    @Tag("TD8")
    void theSaleThatCrossesTenThousandEurosIsTaxedAtDestination() {
        try (Shop shop = Shop.of(Shop.german("FR"))) {
            shop.taxes.commit(shop.sell("2026-03-01", consumer("FR"), Shop.net("9990.00", "EUR")), "1");
            TaxCalculation crossing = shop.sell("2026-03-01", consumer("FR"), Shop.net("20.00", "EUR"));
            assertThat(only(crossing).jurisdiction()).isEqualTo("FR");
            assertThat(crossing.totals().tax()).isEqualTo(Money.of("4.00", "EUR"));
            TaxCalculation within = shop.sell("2026-03-01", consumer("FR"), Shop.net("10.00", "EUR"));
            assertThat(only(within).jurisdiction()).isEqualTo("DE");
            assertThat(within.totals().tax()).isEqualTo(Money.of("1.90", "EUR"));
            // What last year's sales have crossed holds this year.
            shop.taxes.commit(crossing, "2");
            assertThat(only(shop.sell("2027-01-05", consumer("FR"), HUNDRED)).jurisdiction())
                    .isEqualTo("FR");
            assertThat(only(shop.sell("2028-01-05", consumer("FR"), HUNDRED)).jurisdiction())
                    .isEqualTo("DE");
        }
    }

    @Test
    @Tag("TD8")
    void aThresholdOnceCrossedBindsThatYearAndTheNextThoughTheSaleIsReversed() {
        try (Shop shop = Shop.of(Shop.german("FR"))) {
            TaxTransaction crossing =
                    shop.taxes.commit(shop.sell("2026-03-01", consumer("FR"), Shop.net("10010.00", "EUR")), "1");
            shop.taxes.reverse(crossing.id(), new Reversal.Full("r"));

            for (String bound : List.of("2026-03-02", "2027-12-31")) {
                assertThat(only(shop.sell(bound, consumer("FR"), HUNDRED)).jurisdiction())
                        .isEqualTo("FR");
            }
            assertThat(only(shop.sell("2028-01-01", consumer("FR"), HUNDRED)).jurisdiction())
                    .isEqualTo("DE");
        }
    }

    @Test
    @Tag("TD8")
    void whoHasJoinedTheShopIsBoundForTwoCalendarYearsThoughItLeaves() {
        TaxRegistration left = new TaxRegistration(
                "EU", TaxScheme.UNION_OSS, null, LocalDate.of(2025, 6, 1), LocalDate.of(2026, 1, 31));
        try (Shop shop = Shop.of(Shop.german("FR").registered(left))) {
            assertThat(only(shop.sell("2025-05-31", consumer("FR"), HUNDRED)).jurisdiction())
                    .isEqualTo("DE");
            TaxCalculation bound = shop.sell("2026-12-31", consumer("FR"), HUNDRED);
            assertThat(only(bound).jurisdiction()).isEqualTo("FR");
            assertThat(bound.trace()).anyMatch(line -> line.contains("binds two calendar years"));
            assertThat(only(shop.sell("2027-01-01", consumer("FR"), HUNDRED)).jurisdiction())
                    .isEqualTo("DE");
        }
    }
}
