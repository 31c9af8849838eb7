package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.payload.TaxThresholdCrossed;
import dev.matrix.core.money.Money;
import dev.matrix.tax.spi.TaxTurnoverStore;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What counts for thresholds: each euro once, whatever its sign and whatever is done to it later. */
@Tag("TD9")
class TurnoverTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

    private static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    private static BigDecimal world(Shop shop) {
        TaxTurnoverStore store = shop.matrix.stores().get(TaxTurnoverStore.class);
        return shop
                .matrix
                .transactions()
                .returning(tx -> store.since(tx, Shop.SELLER, Set.of("WORLD"), YearMonth.of(2020, 1)))
                .stream()
                .map(TaxTurnoverStore.TurnoverRow::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static TaxTransaction committed(Shop shop, DocumentKind kind, String... net) {
        Buyer buyer = Buyer.consumer(Address.of("DE"));
        TaxRequest.Builder request = kind == DocumentKind.INVOICE
                ? TaxRequest.invoice(Shop.SELLER, Shop.currency("EUR"), TaxPoint.on(DAY), buyer)
                : TaxRequest.creditNote(Shop.SELLER, Shop.currency("EUR"), TaxPoint.on(DAY), buyer);
        request.items(Shop.items(AmountKind.NET, "EUR", net));
        return shop.taxes.commit(
                shop.taxes.calculate(request.build()).orThrow(),
                kind + List.of(net).toString());
    }

    /** A document, and what it adds to turnover. */
    private enum Case {
        INVOICE(DocumentKind.INVOICE, "70", "100.00 -30.00"),
        NOTE(DocumentKind.CREDIT_NOTE, "-70", "100.00 -30.00"),
        NEGATIVE_NOTE(DocumentKind.CREDIT_NOTE, "-70", "-100.00 30.00");

        private final DocumentKind kind;
        private final BigDecimal counts;
        private final String net;

        Case(DocumentKind kind, String counts, String net) {
            this.kind = kind;
            this.counts = new BigDecimal(counts);
            this.net = net;
        }
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    void whatIsReversedCountsNoMoreAndWhatIsGivenBackCountsAgain(Case document) {
        try (Shop shop = Shop.of(Shop.german())) {
            TaxTransaction made = committed(shop, document.kind, document.net.split(" ", -1));
            assertThat(world(shop)).isEqualByComparingTo(document.counts);

            shop.taxes.reverse(made.id(), new Reversal.Full("r1"));
            assertThat(world(shop)).isZero();
            shop.taxes.reverse(made.id(), new Reversal.Undo("u1", "r1"));
            assertThat(world(shop)).isEqualByComparingTo(document.counts);

            TaxedLine second = made.calculation().lines().get(1);
            shop.taxes.reverse(made.id(), new Reversal.Lines("r2", Map.of(second.id(), second.gross())));
            BigDecimal first = new BigDecimal(document.counts.signum() * 100);
            assertThat(world(shop)).isEqualByComparingTo(first);
        }
    }

    @Test
    void aSaleThatIsEnteredLateCountsInTheTwelveMonthsThatHaveEndedSince() {
        try (Shop shop = Shop.of(Shop.american())) {
            Buyer australian = Buyer.consumer(Address.of("AU"));
            shop.taxes.commit(shop.sell("2026-02-20", australian, Shop.net("40000.00", "AUD")), "1");
            shop.taxes.commit(shop.sell("2025-06-20", australian, Shop.net("40000.00", "AUD")), "2");

            assertThat(shop.matrix
                            .events()
                            .page(EventQuery.all(), PageRequest.first(100))
                            .items())
                    .extracting(BillingEvent::payload)
                    .filteredOn(TaxThresholdCrossed.class::isInstance)
                    .extracting(payload -> ((TaxThresholdCrossed) payload).amount())
                    .containsExactly(Money.of("80000.00", "AUD"));
        }
    }

    @Test
    @Tag("TA8")
    void theSameRequestIsTheSameCommitThoughTheWorldHasMovedOn() {
        try (Shop shop = Shop.of(Shop.german())) {
            Buyer french = Buyer.consumer(Address.of("FR"));
            shop.taxes.commit(shop.sell("2026-03-01", french, Shop.net("9990.00", "EUR")), "inv-1");
            TaxTransaction first = shop.taxes.commit(shop.sell("2026-03-01", french, Shop.net("6.00", "EUR")), "inv-2");
            TaxCalculation again = shop.sell("2026-03-01", french, Shop.net("6.00", "EUR"));
            assertThat(again.totals()).isNotEqualTo(first.calculation().totals());

            assertThat(shop.taxes.commit(again, "inv-2")).isEqualTo(first);
            assertThat(world(shop)).isEqualByComparingTo("9996");
        }
    }

    @Test
    @Tag("TA8")
    void aRequestThatDiffersIsOtherContentThoughTheSameComesOut() {
        try (Shop shop = Shop.of(Shop.german())) {
            Buyer german = Buyer.consumer(Address.of("DE"));
            shop.taxes.commit(shop.sell("2026-03-01", german, Shop.net("6.00", "EUR")), "inv-1");
            TaxedItem gross = TaxedItem.gross("1", eur("7.14"), ProductCategory.SAAS);
            TaxCalculation other = shop.sell("2026-03-01", german, gross);

            assertThatThrownBy(() -> shop.taxes.commit(other, "inv-1"))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("other content");
        }
    }
}
