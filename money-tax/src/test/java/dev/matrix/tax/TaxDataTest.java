package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.money.Money;
import dev.matrix.tax.spi.LocalRates;
import dev.matrix.tax.spi.TaxRuleSource;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules, exemptions, registrations and local rates that a host brings. */
class TaxDataTest {

    private static final Owner HOLDER = Owner.user("u_1");
    private static final Buyer CALIFORNIAN =
            Buyer.consumer(Address.of("US", "CA")).as(HOLDER);
    private static final ProductCategory GOODS = new ProductCategory("goods");

    private static TaxedItem goods(String amount) {
        return TaxedItem.net("g", Money.of(amount, "USD"), GOODS);
    }

    private static TaxExemption active(Shop shop, TaxExemption exemption) {
        return shop.taxes
                .exemptions()
                .activate(shop.taxes.exemptions().add(exemption).id());
    }

    @Test
    @Tag("MT28")
    @Tag("TD11")
    void aCertificateFreesWhereAndWhileItHolds() {
        try (Shop shop = Shop.of(Shop.american("US-CA", "US-NY"))) {
            active(shop, TaxExemption.of(HOLDER, "R-7", "Resale", Shop.LONG_AGO, LocalDate.of(2025, 12, 31), "US-CA"));
            TaxCalculation free = shop.sell("2025-12-31", CALIFORNIAN, goods("100.00"));
            assertThat(free.totals().tax().isZero()).isTrue();
            assertThat(free.groups().get(0).reason()).isEqualTo(TaxReason.EXEMPT_CUSTOMER);
            assertThat(free.groups().get(0).legalNote()).isEqualTo("Resale");
            assertThat(free.trace()).anyMatch(line -> line.contains("R-7"));
            assertThat(shop.sell("2026-01-01", CALIFORNIAN, goods("100.00"))
                            .totals()
                            .tax())
                    .isEqualTo(Money.of("7.25", "USD"));
            Buyer newYorker = Buyer.consumer(Address.of("US", "NY")).as(HOLDER);
            assertThat(shop.sell("2025-12-31", newYorker, goods("100.00"))
                            .totals()
                            .tax())
                    .isEqualTo(Money.of("4.00", "USD"));
        }
    }

    @Test
    @Tag("MT28")
    void aCertificateMayFreeAPart() {
        try (Shop shop = Shop.of(Shop.american("US-CA"))) {
            shop.taxes.rates().add(TaxRule.of("US-CA", TaxType.SALES, GOODS, "8", Shop.LONG_AGO, "A test"));
            TaxExemption half = TaxExemption.of(HOLDER, "H-1", "Farm", Shop.LONG_AGO, null, "US")
                    .part(new BigDecimal("50"))
                    .onlyFor(GOODS);
            active(shop, half);
            TaxCalculation calculation = shop.sell("2026-03-01", CALIFORNIAN, goods("100.00"));
            assertThat(calculation.totals().tax()).isEqualTo(Money.of("4.00", "USD"));
            assertThat(calculation.groups())
                    .extracting(TaxGroup::base)
                    .containsExactly(Money.of("50.00", "USD"), Money.of("50.00", "USD"));
            // Of two certificates the one that frees most counts: they don't add up.
            active(shop, half.part(new BigDecimal("75")));
            assertThat(shop.sell("2026-03-01", CALIFORNIAN, goods("100.00"))
                            .totals()
                            .tax())
                    .isEqualTo(Money.of("2.00", "USD"));
        }
    }

    @Test
    @Tag("TD11")
    void onlyActiveCertificatesCountAndOnlyLegalChangesAreMade() {
        try (Shop shop = Shop.of(Shop.american("US-CA"))) {
            TaxExemptions exemptions = shop.taxes.exemptions();
            TaxExemption pending = exemptions.add(
                    TaxExemption.of(HOLDER, "P-1", "Resale", Shop.LONG_AGO, LocalDate.of(2026, 6, 30), "US"));
            assertThat(pending.status()).isEqualTo(TaxExemption.Status.PENDING);
            assertThat(shop.sell("2026-03-01", CALIFORNIAN, goods("100.00"))
                            .totals()
                            .tax())
                    .isEqualTo(Money.of("7.25", "USD"));
            assertThatThrownBy(() -> exemptions.revoke(pending.id(), Shop.LONG_AGO))
                    .isInstanceOf(ConflictException.class);
            assertThat(exemptions.reject(pending.id()).status()).isEqualTo(TaxExemption.Status.REJECTED);
            assertThatThrownBy(() -> exemptions.activate(pending.id())).isInstanceOf(ConflictException.class);
            assertThatThrownBy(() -> exemptions.activate("txe_none")).isInstanceOf(NotFoundException.class);
            assertThat(exemptions.page(HOLDER, PageRequest.first(5)).items()).hasSize(1);
            assertThat(exemptions
                            .page(Owner.user("other"), PageRequest.first(5))
                            .items())
                    .isEmpty();
            assertThat(exemptions
                            .expiring(null, LocalDate.of(2026, 7, 1), PageRequest.first(5))
                            .items())
                    .hasSize(1);
            assertThat(exemptions
                            .expiring(null, LocalDate.of(2026, 6, 30), PageRequest.first(5))
                            .items())
                    .isEmpty();
            assertThat(exemptions.find(pending.id())).isPresent();
        }
    }

    @Test
    @Tag("TD2")
    void aHostsRuleOutranksTheSeedAndWhatWasKnownBeforeStaysKnown() {
        try (Shop shop = Shop.of(Shop.german())) {
            Buyer german = Buyer.consumer(Address.of("DE"));
            TaxedItem item = Shop.net("100.00", "EUR");
            String before = shop.taxes.rates().version();
            Instant known = shop.clock.instant();
            shop.clock.advance(Duration.ofHours(1));
            TaxRule rule = shop.taxes
                    .rates()
                    .add(TaxRule.of(
                            "DE", TaxType.VAT, ProductCategory.STANDARD, "20", LocalDate.of(2026, 3, 1), "A new law"));
            assertThat(shop.taxes.rates().version()).isNotEqualTo(before);
            assertThat(shop.sell("2026-02-28", german, item).totals().tax()).isEqualTo(Money.of("19.00", "EUR"));
            assertThat(shop.sell("2026-03-01", german, item).totals().tax()).isEqualTo(Money.of("20.00", "EUR"));
            TaxRequest asOf = shop.invoice("EUR", LocalDate.of(2026, 3, 1), german)
                    .item(item)
                    .knownAt(known)
                    .build();
            assertThat(shop.taxes.calculate(asOf).orThrow().totals().tax()).isEqualTo(Money.of("19.00", "EUR"));

            Instant mistaken = shop.clock.instant();
            shop.clock.advance(Duration.ofHours(1));
            shop.taxes
                    .rates()
                    .supersede(
                            rule.id(),
                            TaxRule.of(
                                    "DE",
                                    TaxType.VAT,
                                    ProductCategory.STANDARD,
                                    "21",
                                    LocalDate.of(2026, 3, 1),
                                    "Its correction"));
            assertThat(shop.sell("2026-03-01", german, item).totals().tax()).isEqualTo(Money.of("21.00", "EUR"));
            TaxRequest asOfMistake = shop.invoice("EUR", LocalDate.of(2026, 3, 1), german)
                    .item(item)
                    .knownAt(mistaken)
                    .build();
            assertThat(shop.taxes.calculate(asOfMistake).orThrow().totals().tax())
                    .isEqualTo(Money.of("20.00", "EUR"));
            assertThatThrownBy(() -> shop.taxes.rates().supersede(rule.id(), rule))
                    .isInstanceOf(NotFoundException.class);
        }
    }

    @Test
    @Tag("TD2")
    void sourcesOfRulesAreReadAtBuildOrImported() {
        TaxRule wine =
                TaxRule.of("DE", TaxType.VAT, new ProductCategory("wine"), "23", Shop.LONG_AGO, "The host's own table");
        TaxRuleSource source = new TaxRuleSource() {
            @Override
            public String version() {
                return "wine-1";
            }

            @Override
            public Stream<TaxRule> rules() {
                return Stream.of(wine);
            }
        };
        TaxedItem bottle = TaxedItem.net("b", Money.of("10.00", "EUR"), new ProductCategory("wine.red"));
        try (Shop shop = Shop.of(Shop.german(), wiring -> wiring.rules(source))) {
            assertThat(shop.sell("2026-03-01", Buyer.consumer(Address.of("DE")), bottle)
                            .totals()
                            .tax())
                    .isEqualTo(Money.of("2.30", "EUR"));
            assertThat(shop.taxes.rates().version()).contains("wine-1");
        }
        try (Shop shop = Shop.of(Shop.german())) {
            assertThat(shop.taxes.rates().importFrom(source)).isEqualTo(1);
            assertThat(shop.sell("2026-03-01", Buyer.consumer(Address.of("DE")), bottle)
                            .totals()
                            .tax())
                    .isEqualTo(Money.of("2.30", "EUR"));
            assertThat(shop.taxes.rates().find(new TaxRates.Filter("DE", null, LocalDate.of(2026, 3, 1))))
                    .anyMatch(rule -> rule.category().name().equals("wine"))
                    .anyMatch(rule -> rule.jurisdiction().equals("DE-HELIGOLAND"));
        }
    }

    @Test
    @Tag("TD2")
    @Tag("TD4")
    void aHostsOwnTaxHoldsWhereTheSeedSaysThatThereIsNoVat() {
        try (Shop shop = Shop.of(Shop.german("ES-CE"))) {
            Buyer ceuta = Buyer.consumer(Address.postal("ES", "51001"));
            assertThat(shop.sell("2026-03-01", ceuta, Shop.net("100.00", "EUR")).groups())
                    .extracting(TaxGroup::reason)
                    .containsExactly(TaxReason.OUT_OF_SCOPE);
            shop.taxes
                    .rates()
                    .add(TaxRule.of("ES-CE", TaxType.IPSI, ProductCategory.STANDARD, "10", Shop.LONG_AGO, "By-law"));
            assertThat(shop.sell("2026-03-01", ceuta, Shop.net("100.00", "EUR")).groups())
                    .singleElement()
                    .satisfies(group -> {
                        assertThat(group.type()).isEqualTo(TaxType.IPSI);
                        assertThat(group.en16931Category()).isEqualTo("M");
                        assertThat(group.tax()).isEqualTo(Money.of("10.00", "EUR"));
                    });
        }
    }

    @Test
    @Tag("TD2")
    void impossibleRulesAreRefused() {
        assertThatThrownBy(() -> TaxRule.of("DE", TaxType.VAT, GOODS, "0", Shop.LONG_AGO, "x"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("ZERO_RATED");
        assertThatThrownBy(() -> TaxRule.of("DE", TaxType.VAT, GOODS, "7", Shop.LONG_AGO, " "))
                .hasMessageContaining("no source");
        assertThatThrownBy(() -> TaxRule.of("Germany", TaxType.VAT, GOODS, "7", Shop.LONG_AGO, "x"))
                .hasMessageContaining("Unknown jurisdiction");
    }

    @Test
    void registrationsBeginAndEnd() {
        try (Shop shop = Shop.of(Shop.american())) {
            TaxRegistrations registrations = shop.taxes.registrations();
            registrations.put(
                    Shop.SELLER, TaxRegistration.local("US-CA", TaxId.parse("DE314159262"), LocalDate.of(2026, 1, 1)));
            assertThat(shop.sell("2025-12-31", CALIFORNIAN, goods("100.00"))
                            .totals()
                            .tax()
                            .isZero())
                    .isTrue();
            assertThat(shop.sell("2026-01-01", CALIFORNIAN, goods("100.00"))
                            .totals()
                            .tax())
                    .isEqualTo(Money.of("7.25", "USD"));
            registrations.close(Shop.SELLER, "US-CA", LocalDate.of(2026, 2, 28));
            assertThat(shop.sell("2026-02-28", CALIFORNIAN, goods("100.00"))
                            .totals()
                            .tax()
                            .isZero())
                    .isFalse();
            assertThat(shop.sell("2026-03-01", CALIFORNIAN, goods("100.00"))
                            .totals()
                            .tax()
                            .isZero())
                    .isTrue();
            assertThat(registrations.list(Shop.SELLER)).hasSize(1);
            assertThat(registrations.thresholds()).extracting(TaxThreshold::id).contains("EU-DISTANCE", "AU");
            assertThatThrownBy(() -> registrations.close(Shop.SELLER, "US-CA", Shop.LONG_AGO))
                    .isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> new TaxRegistration("DE", TaxScheme.UNION_OSS, null, Shop.LONG_AGO, null))
                    .isInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    @Tag("TD10")
    void localRatesComeFromTheirProvider() {
        LocalRates.LocalRate city =
                new LocalRates.LocalRate("US-CA-LA", TaxType.SALES, new BigDecimal("2.25"), BigDecimal.ONE);
        try (Shop shop = Shop.of(
                Shop.american("US-CA"),
                wiring -> wiring.localRates((address, day, category, kind) -> new LocalRates.Found(List.of(city))))) {
            TaxCalculation calculation = shop.sell("2026-03-01", CALIFORNIAN, goods("100.00"));
            assertThat(calculation.totals().tax()).isEqualTo(Money.of("9.50", "USD"));
            assertThat(calculation.warnings()).doesNotContain(Warning.LOCAL_RATES_MISSING);
        }
        try (Shop shop = Shop.of(
                Shop.american("US-CA"),
                wiring -> wiring.localRates((address, day, category, kind) -> new LocalRates.Unavailable("down")))) {
            assertThat(shop.outcome("2026-03-01", CALIFORNIAN, goods("100.00")))
                    .isInstanceOfSatisfying(
                            Undetermined.class,
                            end -> assertThat(end.cause()).isEqualTo(Undetermined.Cause.LOCAL_RATES_UNAVAILABLE));
        }
        try (Shop shop = Shop.of(
                Shop.american("US-CA"),
                wiring -> wiring.stateRatesOnFailure()
                        .localRates((address, day, category, kind) -> new LocalRates.Unavailable("down")))) {
            TaxCalculation calculation = shop.sell("2026-03-01", CALIFORNIAN, goods("100.00"));
            assertThat(calculation.totals().tax()).isEqualTo(Money.of("7.25", "USD"));
            assertThat(calculation.warnings()).contains(Warning.LOCAL_RATES_UNAVAILABLE);
        }
    }

    @Test
    void regionsAreWhatReportsSpeakOf() {
        assertThat(Stream.of("DE", "US-TX", "CA-QC", "GB", "AU", "SG", "IN-29", "CH")
                        .map(TaxRegion::of))
                .containsExactly(
                        TaxRegion.EU,
                        TaxRegion.US,
                        TaxRegion.CA,
                        TaxRegion.UK,
                        TaxRegion.AU,
                        TaxRegion.SG,
                        TaxRegion.IN,
                        TaxRegion.OTHER);
    }
}
