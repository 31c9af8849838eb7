package dev.matrix.tax;

import dev.matrix.core.Matrix;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Stores;
import dev.matrix.money.ExchangeRates;
import dev.matrix.money.ManualRate;
import dev.matrix.testkit.ManualClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** A seller with its taxes over stores, and short words for its sales. */
final class Shop implements AutoCloseable {

    static final LocalDate LONG_AGO = LocalDate.of(2000, 1, 1);
    static final TaxId DE_ID = TaxId.parse("DE314159262");
    static final String SELLER = "acme";

    final ManualClock clock = ManualClock.at("2026-03-02T10:00:00Z");
    final Matrix matrix;
    final Taxes taxes;

    private Shop(Stores stores, SellerProfile seller, BiFunction<Matrix, TaxesBuilder, TaxesBuilder> wiring) {
        matrix = Matrix.builder()
                .stores(stores)
                .clock(clock)
                .currencies(Currencies.iso())
                .keys(KeyRing.envelope(KeyEncryptionKey.local("test", new byte[32])))
                .build();
        taxes = wiring.apply(matrix, Taxes.on(matrix).seller(seller)).build();
    }

    static Shop of(SellerProfile seller) {
        return of(seller, wiring -> wiring);
    }

    static Shop of(SellerProfile seller, UnaryOperator<TaxesBuilder> wiring) {
        return over(Stores.inMemory(), seller, wiring);
    }

    static Shop over(Stores stores, SellerProfile seller, UnaryOperator<TaxesBuilder> wiring) {
        return new Shop(stores, seller, (matrix, taxes) -> wiring.apply(taxes));
    }

    /** Converts at rates that are set by hand, in the same stores. */
    static Shop withRates(Stores stores, SellerProfile seller, ManualRate... manual) {
        return new Shop(stores, seller, (matrix, taxes) -> {
            ExchangeRates rates = ExchangeRates.on(matrix).build();
            for (ManualRate rate : manual) {
                rates.setManual(rate);
            }
            return taxes.converter(rates);
        });
    }

    /** Established in Germany, registered there and in these jurisdictions. */
    static SellerProfile german(String... jurisdictions) {
        SellerProfile profile =
                SellerProfile.of(SELLER, Address.of("DE")).registered(TaxRegistration.local("DE", DE_ID, LONG_AGO));
        return registered(profile, jurisdictions);
    }

    static SellerProfile germanWithShop() {
        return german().registered(TaxRegistration.unionOss(LONG_AGO));
    }

    /** Established in the United States, registered in these jurisdictions. */
    static SellerProfile american(String... jurisdictions) {
        return registered(SellerProfile.of(SELLER, Address.of("US", "NY")), jurisdictions);
    }

    static SellerProfile registered(SellerProfile profile, String... jurisdictions) {
        SellerProfile all = profile;
        for (String jurisdiction : jurisdictions) {
            all = all.registered(TaxRegistration.local(jurisdiction, null, LONG_AGO));
        }
        return all;
    }

    static Currency currency(String code) {
        return Currencies.iso().get(code);
    }

    static TaxedItem net(String amount, String code) {
        return TaxedItem.net("1", Money.of(amount, code), ProductCategory.SAAS);
    }

    static List<TaxedItem> items(AmountKind kind, String code, String... amounts) {
        List<TaxedItem> items = new ArrayList<>();
        for (String amount : amounts) {
            items.add(
                    new TaxedItem("l" + (items.size() + 1), Money.of(amount, code), kind, ProductCategory.SAAS, false));
        }
        return items;
    }

    TaxRequest.Builder invoice(String code, LocalDate day, Buyer buyer) {
        return TaxRequest.invoice(SELLER, currency(code), TaxPoint.on(day), buyer);
    }

    TaxOutcome outcome(String day, Buyer buyer, TaxedItem... items) {
        String code = items[0].amount().currency().code();
        return taxes.calculate(
                invoice(code, LocalDate.parse(day), buyer).items(List.of(items)).build());
    }

    TaxCalculation sell(String day, Buyer buyer, TaxedItem... items) {
        return outcome(day, buyer, items).orThrow();
    }

    /** A ledger over the same stores, for what only refunds may say. */
    TaxLedger ledger() {
        TaxJson json = new TaxJson(matrix.json());
        TaxStores stores = TaxStores.of(matrix.stores());
        KnownFacts facts =
                new KnownFacts(matrix.transactions(), matrix.clock(), matrix.currencies(), stores, json, null);
        return new TaxLedger(
                matrix.events(), matrix.ids(), matrix.storeClock(), stores, json, facts, SupplyRules.shipped(), false);
    }

    @Override
    public void close() {
        matrix.close();
    }
}
