package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.Authentication;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Stores;
import dev.matrix.money.ManualRate;
import dev.matrix.tax.spi.LocalRateProvider;
import dev.matrix.tax.spi.LocalRates;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A commit that is repeated after the world has moved on. */
@Tag("TA8")
class RepeatedCommitTest {

    private final AtomicInteger lookups = new AtomicInteger();

    /** Answers once; from then on it is down. */
    private LocalRateProvider onceUp() {
        return (address, day, category, kind) -> lookups.incrementAndGet() == 1
                ? new LocalRates.Found(List.of(
                        new LocalRates.LocalRate("US-NY-NYC", TaxType.SALES, new BigDecimal("4.875"), BigDecimal.ONE)))
                : new LocalRates.Unavailable("down");
    }

    private static Wire wire(Shop shop) {
        ApiPrincipal operator =
                new ApiPrincipal("key", Owner.platform(), Set.of("tax:read", "tax:write", ApiPrincipal.OPERATE), null);
        return new Wire(
                shop.matrix,
                ApiDispatcher.on(shop.matrix)
                        .modules(shop.taxes.api())
                        .authenticator(credentials -> new Authentication.Authenticated(operator))
                        .checkReplies(true)
                        .build());
    }

    private static Wire.Answer commit(Wire wire, String amount) {
        String body =
                "{\"reference\":\"inv-1\",\"request\":{\"sellerId\":\"acme\",\"currency\":\"USD\",\"date\":\"2026-03-01\","
                        + "\"buyer\":{\"kind\":\"consumer\",\"address\":{\"country\":\"US\",\"region\":\"NY\"}},\"items\":["
                        + "{\"id\":\"1\",\"amount\":{\"amount\":\"" + amount
                        + "\",\"currency\":\"USD\"},\"category\":\"digital.saas\"}]}}";
        return wire.call("operator", "POST", "/v1/tax/transactions", body);
    }

    @Test
    void aRequestThatWasCommittedIsAnsweredBeforeAnythingIsCalculated() {
        try (Shop shop = Shop.of(Shop.american("US-NY"), wiring -> wiring.localRates(onceUp()))) {
            Wire wire = wire(shop);
            Wire.Answer first = commit(wire, "100.00");
            assertThat(first.status()).as(first.body()).isEqualTo(201);

            Wire.Answer again = commit(wire, "100.00");

            assertThat(again.status()).as(again.body()).isEqualTo(200);
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(commit(wire, "99.00").status()).isEqualTo(409);
            assertThat(lookups).hasValue(1);
        }
    }

    @Test
    void aCommitIsRepeatedThoughTheRateIntoItsTaxCurrencyIsStaleByNow() {
        LocalDate day = LocalDate.of(2026, 3, 1);
        ManualRate rate = new ManualRate(Shop.currency("EUR"), Shop.currency("USD"), new BigDecimal("1.25"), day, null);
        try (Shop shop = Shop.withRates(Stores.inMemory(), Shop.german(), rate)) {
            TaxRequest request = shop.invoice("EUR", day, Buyer.consumer(Address.of("DE")))
                    .item(Shop.net("100.00", "EUR"))
                    .taxCurrency(Shop.currency("USD"))
                    .build();
            TaxCalculation calculation = shop.taxes.calculate(request).orThrow();
            TaxTransaction first = shop.taxes.commit(calculation, "inv-1");
            assertThat(calculation.totals().taxInTaxCurrency()).isEqualTo(Money.of("23.75", "USD"));

            TaxTransaction again = shop.taxes.commit(stale(calculation), "inv-1");

            assertThat(again).isEqualTo(first);
        }
    }

    private static TaxCalculation stale(TaxCalculation fresh) {
        return new TaxCalculation(
                fresh.request(),
                fresh.lines(),
                fresh.groups(),
                fresh.totals(),
                fresh.taxDate(),
                fresh.rulesVersion(),
                fresh.rounding(),
                fresh.taxCurrencyRate(),
                fresh.turnover(),
                Set.of(Warning.STALE_RATE),
                fresh.trace());
    }
}
