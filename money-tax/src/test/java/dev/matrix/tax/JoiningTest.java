package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.Authentication;
import dev.matrix.core.money.Conversion;
import dev.matrix.core.money.Conversion.Converted;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.RateQuery;
import dev.matrix.core.spi.ApiPinStore;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.HostTransactions;
import dev.matrix.jooq.JooqStorage;
import dev.matrix.jooq.OpenStorages;
import dev.matrix.money.ExchangeRates;
import dev.matrix.money.ManualRate;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What this node remembers of its store, where all transactions are the host's: nothing that the host has rolled back. */
class JoiningTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
    private static final Buyer FRENCH = Buyer.consumer(Address.of("FR")).as(Owner.user("u_1"));

    @RegisterExtension
    private final OpenStorages storages = new OpenStorages();

    private HostTransactions host(Database database) {
        return new HostTransactions(storages.database(database));
    }

    private static Shop shop(HostTransactions host, SellerProfile seller) {
        return Shop.over(JooqStorage.joining(host), seller, wiring -> wiring);
    }

    /** Does something in a transaction of the host's, which it then rolls back. */
    private static void rolledBack(HostTransactions host, Runnable work) {
        assertThatThrownBy(() -> host.inTransaction(connection -> {
                    work.run();
                    throw new IllegalArgumentException("the host's");
                }))
                .hasMessage("the host's");
    }

    private static String placeAndTax(Shop shop, String net) {
        TaxCalculation calculation = shop.sell("2026-03-01", FRENCH, Shop.net(net, "EUR"));
        return calculation.groups().get(0).jurisdiction() + " "
                + calculation.totals().tax().amount();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void registrationsOfATransactionThatRolledBackAreForgotten(Database database) {
        HostTransactions host = host(database);
        try (Shop shop = shop(host, Shop.german())) {
            TaxRegistration oss = TaxRegistration.unionOss(Shop.LONG_AGO);
            rolledBack(host, () -> {
                shop.taxes.registrations().put(Shop.SELLER, oss);
                assertThat(placeAndTax(shop, "100.00")).isEqualTo("FR 20.00");
            });

            assertThat(placeAndTax(shop, "100.00")).isEqualTo("DE 19.00");
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void certificatesOfATransactionThatRolledBackFreeNobody(Database database) {
        HostTransactions host = host(database);
        try (Shop shop = shop(host, Shop.germanWithShop())) {
            rolledBack(host, () -> {
                TaxExemption handedIn = shop.taxes
                        .exemptions()
                        .add(TaxExemption.of(Owner.user("u_1"), "C-7", "Embassy", Shop.LONG_AGO, null));
                shop.taxes.exemptions().activate(handedIn.id());
                assertThat(placeAndTax(shop, "100.00")).endsWith(" 0.00");
            });

            assertThat(placeAndTax(shop, "100.00")).isEqualTo("FR 20.00");
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void salesOfATransactionThatRolledBackCountForNoThreshold(Database database) {
        HostTransactions host = host(database);
        try (Shop shop = shop(host, Shop.german("FR"))) {
            rolledBack(host, () -> {
                shop.taxes.commit(shop.sell("2026-03-01", FRENCH, Shop.net("9990.00", "EUR")), "1");
                assertThat(placeAndTax(shop, "20.00")).isEqualTo("FR 4.00");
            });

            assertThat(placeAndTax(shop, "20.00")).isEqualTo("DE 3.80");
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aRuleThatWasRolledBackHidesNoneThatIsAddedLater(Database database) {
        HostTransactions host = host(database);
        try (Shop shop = shop(host, Shop.germanWithShop())) {
            rolledBack(host, () -> {
                shop.taxes.rates().add(saas("1"));
                assertThat(placeAndTax(shop, "100.00")).isEqualTo("FR 1.00");
            });
            assertThat(placeAndTax(shop, "100.00")).isEqualTo("FR 20.00");

            shop.taxes.rates().add(saas("2"));

            assertThat(placeAndTax(shop, "100.00")).isEqualTo("FR 2.00");
        }
    }

    private static TaxRule saas(String percent) {
        return TaxRule.of("FR", TaxType.VAT, ProductCategory.SAAS, percent, Shop.LONG_AGO, "The host's own table");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aRateThatWasRolledBackConvertsNothing(Database database) {
        HostTransactions host = host(database);
        try (Shop shop = shop(host, Shop.german())) {
            ExchangeRates rates = ExchangeRates.on(shop.matrix).build();
            List<RateQuery> points = List.of(RateQuery.latest(), RateQuery.on(DAY), RateQuery.on(DAY.minusDays(1)));
            rolledBack(host, () -> {
                rates.setManual(rate("1.25"));
                assertThat(points)
                        .allSatisfy(point -> assertThat(dollars(rates, point)).isInstanceOf(Converted.class));
            });
            assertThat(points)
                    .allSatisfy(point -> assertThat(dollars(rates, point)).isInstanceOf(Conversion.NoRate.class));

            rates.setManual(rate("1.50"));

            assertThat(dollars(rates, RateQuery.latest()).orThrow().result()).isEqualTo(Money.of("1.50", "USD"));
        }
    }

    private static ManualRate rate(String value) {
        return new ManualRate(Shop.currency("EUR"), Shop.currency("USD"), new BigDecimal(value), Shop.LONG_AGO, null);
    }

    private static Conversion dollars(ExchangeRates rates, RateQuery point) {
        return rates.convert(Money.of("1.00", "EUR"), Shop.currency("USD"), point);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void anAccountsVersionThatWasRolledBackIsPinnedByTheNextCall(Database database) {
        Owner account = Owner.user("u_9");
        HostTransactions host = host(database);
        try (Shop shop = shop(host, Shop.german())) {
            ApiDispatcher dispatcher = ApiDispatcher.on(shop.matrix)
                    .modules(shop.taxes.api())
                    .authenticator(credentials -> new Authentication.Authenticated(
                            new ApiPrincipal("key", account, Set.of("tax:read"), null)))
                    .build();
            Wire wire = new Wire(shop.matrix, dispatcher);
            rolledBack(host, () -> wire.call("key", "GET", "/v1/tax/thresholds", ""));
            assertThat(pinned(shop, account)).isFalse();

            wire.call("key", "GET", "/v1/tax/thresholds", "");

            assertThat(pinned(shop, account)).isTrue();
        }
    }

    private static boolean pinned(Shop shop, Owner account) {
        ApiPinStore pins = shop.matrix.stores().get(ApiPinStore.class);
        return shop.matrix
                .transactions()
                .returning(tx -> pins.find(tx, account))
                .isPresent();
    }
}
