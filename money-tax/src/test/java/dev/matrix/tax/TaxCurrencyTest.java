package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.money.CurrencyConverter;
import dev.matrix.core.money.Money;
import dev.matrix.money.ExchangeRates;
import dev.matrix.money.ManualRate;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A total stated in a second currency. */
@Tag("TA10")
class TaxCurrencyTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

    private static TaxOutcome polishTax(Shop shop, String... nets) {
        return shop.taxes.calculate(shop.invoice("EUR", DAY, Buyer.consumer(Address.of("DE")))
                .items(Shop.items(AmountKind.NET, "EUR", nets))
                .taxCurrency(Shop.currency("PLN"))
                .build());
    }

    @Test
    void theWholeTaxIsConvertedAndRoundedOnce() {
        List<ExchangeRates> rates = new ArrayList<>();
        CurrencyConverter converter = (source, target, query) -> rates.get(0).convert(source, target, query);
        try (Shop shop = Shop.of(Shop.german(), wiring -> wiring.converter(converter))) {
            ExchangeRates manual = ExchangeRates.on(shop.matrix).build();
            manual.setManual(new ManualRate(
                    Shop.currency("EUR"), Shop.currency("PLN"), new BigDecimal("4.2345"), DAY, DAY.plusYears(1)));
            rates.add(manual);

            TaxCalculation calculation = polishTax(shop, "0.33", "0.33", "0.33").orThrow();

            assertThat(calculation.totals().tax()).isEqualTo(Money.of("0.19", "EUR"));
            assertThat(calculation.totals().taxInTaxCurrency()).isEqualTo(Money.of("0.80", "PLN"));
            assertThat(calculation.taxCurrencyRate()).isNotNull();
        }
    }

    @Test
    void withoutARateTheTaxIsNotTold() {
        try (Shop shop = Shop.of(Shop.german())) {
            assertThat(polishTax(shop, "100.00"))
                    .isInstanceOfSatisfying(
                            Undetermined.class, end -> assertThat(end.cause()).isEqualTo(Undetermined.Cause.NO_RATE));
        }
    }
}
