package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.spi.TaxRuleStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules that a host adds while it runs. */
@Tag("TD2")
class OwnRulesTest {

    private static final Buyer CONSUMER = Buyer.consumer(Address.of("DE"));

    private static TaxRule saas(String percent) {
        return TaxRule.of("DE", TaxType.VAT, ProductCategory.SAAS, percent, Shop.LONG_AGO, "The host's own table");
    }

    private static Money tax(Shop shop) {
        return shop.sell("2026-03-01", CONSUMER, Shop.net("100.00", "EUR"))
                .totals()
                .tax();
    }

    @Test
    void ofTwoRulesForOneDayTheOneThatWasRecordedLaterHolds() {
        try (Shop shop = Shop.of(Shop.german())) {
            shop.taxes.rates().add(saas("20"));
            Instant before = shop.clock.instant();
            shop.clock.advance(Duration.ofMinutes(1));
            shop.taxes.rates().add(saas("21"));

            assertThat(tax(shop)).isEqualTo(Money.of("21.00", "EUR"));
            TaxRequest then = shop.invoice("EUR", LocalDate.of(2026, 3, 1), CONSUMER)
                    .item(Shop.net("100.00", "EUR"))
                    .knownAt(before)
                    .build();
            assertThat(shop.taxes.calculate(then).orThrow().totals().tax()).isEqualTo(Money.of("20.00", "EUR"));
        }
    }

    @Test
    void ofTwoRulesForOneDayThatAreRecordedAtOnceTheSecondHolds() {
        try (Shop shop = Shop.of(Shop.german())) {
            shop.taxes.rates().add(saas("20"));
            shop.taxes.rates().add(saas("21"));
            assertThat(tax(shop)).isEqualTo(Money.of("21.00", "EUR"));
        }
    }

    /** Counts the rules that are read. */
    private record Counting(TaxRuleStore store, AtomicInteger read) implements TaxRuleStore {

        @Override
        public long version(Tx tx) {
            return store.version(tx);
        }

        @Override
        public List<RuleRow> changedAfter(Tx tx, long version) {
            List<RuleRow> rows = store.changedAfter(tx, version);
            read.addAndGet(rows.size());
            return rows;
        }

        @Override
        public void insert(Tx tx, List<RuleRow> rules) {
            store.insert(tx, rules);
        }

        @Override
        public boolean supersede(Tx tx, String id, Instant at) {
            return store.supersede(tx, id, at);
        }
    }

    @Test
    void eachRuleIsReadOnceAndAgainWhenItIsSuperseded() {
        Stores stores = Stores.inMemory();
        AtomicInteger read = new AtomicInteger();
        Stores counting = stores.with(TaxRuleStore.class, new Counting(stores.get(TaxRuleStore.class), read));
        try (Shop shop = Shop.over(counting, Shop.german(), wiring -> wiring)) {
            TaxRule first = shop.taxes.rates().add(saas("10"));
            for (int i = 11; i <= 30; i++) {
                shop.taxes.rates().add(saas(Integer.toString(i)));
            }
            assertThat(read).hasValue(21);
            shop.taxes.rates().supersede(first.id(), saas("31"));

            assertThat(read).hasValue(23);
            assertThat(tax(shop)).isEqualTo(Money.of("31.00", "EUR"));
        }
    }
}
