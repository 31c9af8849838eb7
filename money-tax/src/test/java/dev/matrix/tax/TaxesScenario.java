package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.payload.TaxThresholdCrossed;
import dev.matrix.core.money.Money;
import dev.matrix.money.ManualRate;
import dev.matrix.tax.spi.TaxIdStore;
import dev.matrix.tax.spi.TaxTurnoverStore;
import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.StoreContract;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A sale's whole life over any stores. */
public interface TaxesScenario extends StoreContract {

    @Test
    default void aSaleIsCommittedReversedGivenBackAndFiled() {
        try (Shop shop = Shop.over(stores(), Shop.germanWithShop(), wiring -> wiring)) {
            Buyer buyer = Buyer.consumer(Address.of("FR")).as(Owner.user("u_1"));
            shop.taxes
                    .exemptions()
                    .activate(shop.taxes
                            .exemptions()
                            .add(TaxExemption.of(Owner.user("u_1"), "C", "Embassy", Shop.LONG_AGO, null, "IT"))
                            .id());
            shop.taxes.registrations().put(Shop.SELLER, TaxRegistration.local("AU", null, Shop.LONG_AGO));
            shop.taxes
                    .rates()
                    .add(TaxRule.of(
                            "FR",
                            TaxType.VAT,
                            new ProductCategory("digital.press"),
                            "2.1",
                            Shop.LONG_AGO,
                            "French CGI art. 298 septies"));

            String kept = shop.taxes.save(shop.sell("2026-03-01", buyer, Shop.net("100.00", "EUR")));
            TaxTransaction sale = shop.taxes.commit(shop.taxes.saved(kept).orElseThrow(), "inv-1");
            assertThat(shop.taxes.commit(sale.calculation(), "inv-1")).isEqualTo(sale);
            shop.taxes.reverse(sale.id(), new Reversal.Flat("r1", Money.of("60.00", "EUR")));
            shop.taxes.reverse(sale.id(), new Reversal.Flat("r2", Money.of("30.00", "EUR")));
            TaxTransaction after = shop.taxes.reverse(sale.id(), new Reversal.Undo("u", "r1"));
            assertThat(after.remaining()).isEqualTo(Money.of("90.00", "EUR"));

            LocalDate day = LocalDate.of(2026, 3, 1);
            List<TaxSummaryRow> rows = shop.taxes.summary(Shop.SELLER, day, day);
            assertThat(rows).hasSize(1);
            assertThat(rows.get(0).jurisdiction()).isEqualTo("FR");
            assertThat(rows.get(0).base()).isEqualTo(Money.of("75.00", "EUR"));
            assertThat(rows.get(0).tax()).isEqualTo(Money.of("15.00", "EUR"));
            TaxedItem press = TaxedItem.net("p", Money.of("100.00", "EUR"), new ProductCategory("digital.press"));
            assertThat(shop.sell("2026-03-01", buyer, press).totals().tax()).isEqualTo(Money.of("2.10", "EUR"));
        }
    }

    @Test
    @Tag("TA8")
    @Tag("TD9")
    default void simultaneousCommitsOfOneReferenceAreOneSale() {
        try (Shop shop = Shop.over(stores(), Shop.germanWithShop(), wiring -> wiring)) {
            TaxCalculation sale =
                    shop.sell("2026-03-01", Buyer.consumer(Address.of("FR")), Shop.net("10000.01", "EUR"));
            List<OtherThread<TaxTransaction>> nodes = Stream.generate(
                            () -> OtherThread.running(() -> shop.taxes.commit(sale, "inv-1")))
                    .limit(6)
                    .toList();
            Set<TaxTransaction> made = nodes.stream().map(OtherThread::join).collect(Collectors.toSet());

            assertThat(made).hasSize(1);
            assertThat(shop.matrix
                            .events()
                            .page(EventQuery.all(), PageRequest.first(100))
                            .items())
                    .extracting(event -> event.type().name())
                    .containsExactlyInAnyOrder("tax.transaction_committed", "tax.threshold_crossed");
            assertThat(shop.taxes.summary(Shop.SELLER, sale.taxDate(), sale.taxDate()))
                    .extracting(TaxSummaryRow::base)
                    .containsExactly(Money.of("10000.01", "EUR"));
        }
    }

    /**
     * The first half year, month by month and in two currencies: no two sales share a row of turnover, and only all of them together
     * are above the threshold.
     */
    @Test
    @Tag("TD8")
    @Tag("TD9")
    default void simultaneousCommitsInManyMonthsMissNoCrossing() {
        ManualRate dollars =
                new ManualRate(Shop.currency("EUR"), Shop.currency("USD"), new BigDecimal("1"), Shop.LONG_AGO, null);
        int nodes = 8;
        try (Shop shop = Shop.withRates(stores(), Shop.german(), dollars)) {
            Buyer buyer = Buyer.consumer(Address.of("FR"));
            for (int year = 2022; year <= 2026; year++) {
                CyclicBarrier together = new CyclicBarrier(nodes);
                List<OtherThread<TaxTransaction>> sales = new ArrayList<>();
                for (int node = 0; node < nodes; node++) {
                    String reference = year + "-" + node;
                    String day = year + "-0" + (1 + node % 6) + "-28";
                    TaxCalculation sale = shop.sell(day, buyer, Shop.net("1250.01", node < 6 ? "EUR" : "USD"));
                    sales.add(OtherThread.running(() -> {
                        together.await();
                        return shop.taxes.commit(sale, reference);
                    }));
                }
                sales.forEach(OtherThread::join);
                String period = Integer.toString(year);
                TaxTurnoverStore store = shop.matrix.stores().get(TaxTurnoverStore.class);
                assertThat(shop.matrix
                                .transactions()
                                .<List<TaxTurnoverStore.CrossingRow>>returning(tx -> store.crossings(tx, Shop.SELLER)))
                        .contains(new TaxTurnoverStore.CrossingRow("EU-DISTANCE", period));
            }
            assertThat(shop.matrix
                            .events()
                            .page(EventQuery.all(), PageRequest.first(100))
                            .items())
                    .extracting(event -> event.type().name())
                    .filteredOn("tax.threshold_crossed"::equals)
                    .hasSize(5);
        }
    }

    /** The rate is read in the commit's own transaction: there is no second one inside it. */
    @Test
    @Tag("TD9")
    default void aThresholdAbroadIsJudgedWhereTheSaleCommits() {
        ManualRate crowns = new ManualRate(
                Shop.currency("EUR"), Shop.currency("NOK"), new BigDecimal("11.50"), Shop.LONG_AGO, null);
        try (Shop shop = Shop.withRates(stores(), Shop.german(), crowns)) {
            Buyer buyer = Buyer.consumer(Address.of("NO"));
            TaxCalculation sale = shop.sell("2026-03-01", buyer, Shop.net("10000.00", "EUR"));
            TaxTransaction committed = shop.taxes.commit(sale, "inv-1");
            shop.taxes.reverse(committed.id(), new Reversal.Full("r1"));

            assertThat(shop.matrix
                            .events()
                            .page(EventQuery.all(), PageRequest.first(100))
                            .items())
                    .extracting(BillingEvent::payload)
                    .filteredOn(TaxThresholdCrossed.class::isInstance)
                    .extracting(payload -> ((TaxThresholdCrossed) payload).amount())
                    .containsExactly(Money.of("115000.00", "NOK"));
        }
    }

    /** A consumer and a business of the same name, certificates in force and not, a watch; and another buyer's, which stay. */
    @Test
    default void anErasedBuyerLeavesWhatTheLawKeeps() {
        Owner erased = Owner.user("u_1");
        Owner other = Owner.user("u_2");
        LocalDate day = LocalDate.of(2026, 3, 1);
        try (Shop shop = Shop.over(stores(), Shop.germanWithShop(), wiring -> wiring)) {
            Address home = new Address("FR", null, "75001", "Paris");
            TaxId shown = TaxId.parse("FR87314159260");
            Buyer consumer = new Buyer(
                    erased,
                    BuyerKind.CONSUMER,
                    home,
                    List.of(shown),
                    List.of(new LocationEvidence(EvidenceKind.BANK, "FR", true)));
            TaxTransaction sale = shop.taxes.commit(shop.sell("2026-03-01", consumer, Shop.net("100.00", "EUR")), "1");
            TaxTransaction trade = shop.taxes.commit(
                    shop.sell("2026-03-01", Buyer.business(home, shown).as(erased), Shop.net("10.00", "EUR")), "2");
            TaxTransaction others = shop.taxes.commit(
                    shop.sell("2026-03-01", Buyer.consumer(home).as(other), Shop.net("1.00", "EUR")), "3");
            TaxExemptions certificates = shop.taxes.exemptions();
            TaxExemption active = certificates.activate(certificates
                    .add(TaxExemption.of(erased, "C-1", "Embassy", Shop.LONG_AGO, null))
                    .id());
            certificates.add(TaxExemption.of(erased, "C-2", "Never checked", Shop.LONG_AGO, null));
            List<TaxSummaryRow> filed = shop.taxes.summary(Shop.SELLER, day, day);
            TaxIdStore ids = shop.matrix.stores().get(TaxIdStore.class);
            shop.matrix.transactions().inTransaction(tx -> {
                ids.watch(tx, shown, erased);
                ids.watch(tx, shown, other);
            });

            assertThat(erase(shop, erased)).isEqualTo(5);

            assertThat(shop.taxes
                            .page(Shop.SELLER, erased, PageRequest.first(9))
                            .items())
                    .isEmpty();
            TaxTransaction kept = shop.taxes.find(sale.id()).orElseThrow();
            assertThat(kept.owner()).isNotEqualTo(erased).isNotEqualTo(Owner.platform());
            assertThat(kept.calculation().request().buyer())
                    .isEqualTo(new Buyer(
                            kept.owner(),
                            BuyerKind.CONSUMER,
                            Address.postal("FR", "75001"),
                            List.of(),
                            consumer.evidence()));
            assertThat(kept.calculation().lines()).isEqualTo(sale.calculation().lines());
            assertThat(shop.taxes
                            .find(trade.id())
                            .orElseThrow()
                            .calculation()
                            .request()
                            .buyer()
                            .taxIds())
                    .containsExactly(shown);
            assertThat(shop.taxes.find(others.id())).contains(others);
            assertThat(certificates.page(erased, PageRequest.first(9)).items()).isEmpty();
            assertThat(certificates.page(kept.owner(), PageRequest.first(9)).items())
                    .extracting(TaxExemption::id)
                    .containsExactly(active.id());
            assertThat(shop.matrix.transactions().<List<Owner>>returning(tx -> ids.watchers(tx, shown)))
                    .containsExactly(other);
            assertThat(shop.taxes.summary(Shop.SELLER, day, day)).isEqualTo(filed);
            TaxTransaction reversed = shop.taxes.reverse(sale.id(), new Reversal.Full("r1"));
            assertThat(reversed.remaining().isZero()).isTrue();
            assertThat(erase(shop, erased)).isZero();
        }
    }

    private static int erase(Shop shop, Owner owner) {
        return shop.matrix.transactions().returning(tx -> shop.taxes.erase(tx, owner));
    }
}
