package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.PaymentRefunded;
import dev.matrix.core.event.payload.RefundedLine;
import dev.matrix.core.money.Money;
import dev.matrix.tax.TaxReversal.ReversedLine;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaxLedgerTest {

    private static final Buyer CONSUMER = Buyer.consumer(Address.of("DE")).as(Owner.user("u_1"));
    private static final SellerProfile CANADIAN =
            Shop.registered(SellerProfile.of(Shop.SELLER, Address.of("CA", "ON")), "CA", "CA-QC");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

    private static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    private static TaxCalculation calculation(Shop shop, AmountKind kind, String... amounts) {
        return shop.taxes
                .calculate(shop.invoice("EUR", DAY, CONSUMER)
                        .items(Shop.items(kind, "EUR", amounts))
                        .build())
                .orThrow();
    }

    private static TaxTransaction committed(Shop shop, AmountKind kind, String... amounts) {
        return shop.taxes.commit(calculation(shop, kind, amounts), "inv-1");
    }

    private static TaxReversal last(TaxTransaction transaction) {
        return transaction.reversals().get(transaction.reversals().size() - 1);
    }

    private static List<String> types(Shop shop) {
        return shop.matrix.events().page(EventQuery.all(), PageRequest.first(100)).items().stream()
                .map(event -> event.type().name())
                .toList();
    }

    @Test
    @Tag("MT20")
    @Tag("TA9")
    void partsOfALineAddUpToItsTax() {
        try (Shop shop = Shop.of(Shop.german())) {
            TaxTransaction sale = committed(shop, AmountKind.GROSS, "119.00");
            List<Money> taxes = new ArrayList<>();
            for (String part : List.of("39.67", "39.67", "39.66")) {
                String reference = "r" + taxes.size();
                taxes.add(last(shop.taxes.reverse(sale.id(), new Reversal.Lines(reference, Map.of("l1", eur(part)))))
                        .tax());
            }
            assertThat(taxes).containsExactly(eur("6.33"), eur("6.34"), eur("6.33"));
            TaxTransaction after = shop.taxes.find(sale.id()).orElseThrow();
            assertThat(after.remaining()).isEqualTo(eur("0.00"));
            assertThatThrownBy(() -> shop.taxes.reverse(sale.id(), new Reversal.Flat("r9", eur("0.01"))))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("0.00 EUR is left");
            assertThatThrownBy(() -> shop.taxes.reverse(sale.id(), new Reversal.Full("r9")))
                    .isInstanceOf(ConflictException.class);
        }
    }

    @Test
    @Tag("MT20")
    void aFlatAmountIsAllocatedByWhatIsLeftOfEachLine() {
        try (Shop shop = Shop.of(Shop.german())) {
            TaxRequest request = shop.invoice("EUR", DAY, CONSUMER)
                    .items(Shop.items(AmountKind.GROSS, "EUR", "75.00", "50.00"))
                    .override(new TaxOverride("l1", TaxReason.STANDARD, new BigDecimal("25")))
                    .override(new TaxOverride("l2", TaxReason.STANDARD, new BigDecimal("25")))
                    .build();
            TaxTransaction sale =
                    shop.taxes.commit(shop.taxes.calculate(request).orThrow(), "inv-1");
            assertThat(last(shop.taxes.reverse(sale.id(), new Reversal.Flat("r", eur("25.00"))))
                            .lines())
                    .extracting(ReversedLine::tax)
                    .containsExactly(eur("3.00"), eur("2.00"));
        }
    }

    @Test
    @Tag("MT14")
    @Tag("MT15")
    void linesAndFlatAmountsAreKeptToTheCent() {
        try (Shop shop = Shop.of(Shop.german())) {
            TaxTransaction sale = committed(shop, AmountKind.NET, "68.33", "68.33", "57.50", "85.00");
            Money gross = eur("0.00");
            for (TaxedLine line : sale.calculation().lines()) {
                Reversal reversal = new Reversal.Lines("r" + line.id(), Map.of(line.id(), line.gross()));
                gross = gross.plus(last(shop.taxes.reverse(sale.id(), reversal)).gross());
            }
            assertThat(gross).isEqualTo(sale.calculation().totals().gross());

            TaxTransaction two = shop.taxes.commit(calculation(shop, AmountKind.GROSS, "1.00", "1.00"), "inv-2");
            assertThat(last(shop.taxes.reverse(two.id(), new Reversal.Flat("f", eur("1.03"))))
                            .lines())
                    .extracting(ReversedLine::gross)
                    .containsExactly(eur("0.52"), eur("0.51"));
        }
    }

    @Test
    @Tag("MT22")
    void aReversalUsesTheSalesRateAndARevokedCertificateChangesNothing() {
        try (Shop shop = Shop.of(Shop.german("RO").registered(TaxRegistration.unionOss(Shop.LONG_AGO)))) {
            Buyer romanian = Buyer.consumer(Address.of("RO")).as(Owner.user("u_2"));
            TaxCalculation july = shop.sell("2025-07-20", romanian, Shop.net("100.00", "EUR"));
            TaxTransaction sale = shop.taxes.commit(july, "inv-1");
            assertThat(last(shop.taxes.reverse(sale.id(), new Reversal.Full("r")))
                            .tax())
                    .isEqualTo(eur("19.00"));

            TaxExemption certificate = shop.taxes
                    .exemptions()
                    .activate(shop.taxes
                            .exemptions()
                            .add(TaxExemption.of(Owner.user("u_2"), "C-1", "Embassy", Shop.LONG_AGO, null, "RO"))
                            .id());
            TaxCalculation exempt = shop.sell("2026-03-01", romanian, Shop.net("100.00", "EUR"));
            assertThat(exempt.totals().tax()).isEqualTo(eur("0.00"));
            TaxTransaction free = shop.taxes.commit(exempt, "inv-2");
            shop.taxes.exemptions().revoke(certificate.id(), LocalDate.of(2026, 1, 1));
            assertThat(shop.taxes.find(free.id()).orElseThrow().calculation()).isEqualTo(exempt);
            assertThat(shop.sell("2026-03-01", romanian, Shop.net("100.00", "EUR"))
                            .totals()
                            .tax())
                    .isEqualTo(eur("21.00"));
        }
    }

    @Test
    @Tag("TA8")
    void theSameReferenceGivesTheFirstResultAndOtherContentConflicts() {
        try (Shop shop = Shop.of(Shop.german())) {
            TaxTransaction first = committed(shop, AmountKind.NET, "10.00");
            assertThat(committed(shop, AmountKind.NET, "10.00").id()).isEqualTo(first.id());
            assertThat(types(shop)).containsOnlyOnce("tax.transaction_committed");
            assertThatThrownBy(() -> committed(shop, AmountKind.NET, "10.01"))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining(first.id());

            TaxTransaction reversed = shop.taxes.reverse(first.id(), new Reversal.Full("r"));
            assertThat(shop.taxes.reverse(first.id(), new Reversal.Full("r"))).isEqualTo(reversed);
            assertThat(types(shop)).containsOnlyOnce("tax.transaction_reversed");
            assertThatThrownBy(() -> shop.taxes.reverse(first.id(), new Reversal.Flat("r", eur("1.00"))))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("other content");
            assertThatThrownBy(() -> shop.taxes.reverse("ttx_none", new Reversal.Full("x")))
                    .isInstanceOf(NotFoundException.class);
        }
    }

    @Test
    @Tag("TA9")
    void undoingGivesAReversalsFiguresBackOnce() {
        try (Shop shop = Shop.of(Shop.german())) {
            TaxTransaction sale = committed(shop, AmountKind.GROSS, "119.00", "50.00");
            shop.taxes.reverse(sale.id(), new Reversal.Flat("r1", eur("33.33")));
            shop.taxes.reverse(sale.id(), new Reversal.Flat("r2", eur("44.44")));
            TaxTransaction undone = shop.taxes.reverse(sale.id(), new Reversal.Undo("u1", "r1"));
            assertThat(undone.remaining()).isEqualTo(eur("124.56"));
            assertThat(undone.reversals().get(0).undoneBy())
                    .isEqualTo(last(undone).id());
            assertThatThrownBy(() -> shop.taxes.reverse(sale.id(), new Reversal.Undo("u2", "r1")))
                    .isInstanceOf(ConflictException.class);
            assertThatThrownBy(() -> shop.taxes.reverse(sale.id(), new Reversal.Undo("u2", "r7")))
                    .isInstanceOf(NotFoundException.class);
            TaxReversal rest = last(shop.taxes.reverse(sale.id(), new Reversal.Full("r3")));
            assertThat(rest.gross()).isEqualTo(eur("124.56"));
            TaxReversal second = undone.reversals().get(1);
            assertThat(rest.tax().plus(second.tax()))
                    .isEqualTo(sale.calculation().totals().tax());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    @Tag("TA9")
    void whateverIsReversedInPartsEndsWithExactlyTheWhole(int seed) {
        Random random = new Random(seed);
        try (Shop shop = Shop.of(CANADIAN)) {
            TaxTransaction sale = quebecSale(shop, random, "inv");
            Money tax = Money.zero(Shop.currency("CAD"));
            TaxTransaction now = sale;
            for (int i = 0; i < 6 && now.remaining().signum() > 0; i++) {
                long left = now.remaining().minorUnitsExact();
                Money part = Money.ofMinor(1 + (long) (random.nextDouble() * left), Shop.currency("CAD"))
                        .min(now.remaining());
                now = shop.taxes.reverse(sale.id(), new Reversal.Flat("p" + i, part));
                tax = tax.plus(last(now).tax());
                if (random.nextInt(3) == 0) {
                    tax = tax.minus(last(now).tax());
                    now = shop.taxes.reverse(sale.id(), new Reversal.Undo("u" + i, "p" + i));
                }
            }
            if (now.remaining().signum() > 0) {
                now = shop.taxes.reverse(sale.id(), new Reversal.Full("rest"));
                tax = tax.plus(last(now).tax());
            }
            assertThat(now.remaining().isZero()).isTrue();
            assertThat(tax).isEqualTo(sale.calculation().totals().tax());
            assertThat(shop.taxes.summary(Shop.SELLER, DAY, DAY)).allSatisfy(row -> {
                assertThat(row.base().isZero()).isTrue();
                assertThat(row.tax().isZero()).isTrue();
            });
        }
    }

    /** A sale of one to six lines, some of them gross, under Quebec's two taxes. */
    private static TaxTransaction quebecSale(Shop shop, Random random, String reference) {
        TaxRequest.Builder request = shop.invoice("CAD", DAY, Buyer.consumer(Address.of("CA", "QC")));
        int lines = 1 + random.nextInt(6);
        for (int i = 0; i < lines; i++) {
            Money amount = Money.ofMinor(1 + random.nextInt(100_000), Shop.currency("CAD"));
            AmountKind kind = random.nextBoolean() ? AmountKind.NET : AmountKind.GROSS;
            request.item(new TaxedItem("l" + i, amount, kind, ProductCategory.SAAS, false));
        }
        return shop.taxes.commit(shop.taxes.calculate(request.build()).orThrow(), reference);
    }

    private static List<Money> taxes(TaxedLine line) {
        return line.taxes().stream().map(LineTax::tax).toList();
    }

    private static List<Money> taxes(ReversedLine line) {
        return line.taxes().stream().map(TaxReversal.ReversedTax::tax).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    @Tag("TA9")
    void aFullReversalNegatesEachTaxOfEachLine(int seed) {
        Random random = new Random(seed);
        try (Shop shop = Shop.of(CANADIAN)) {
            for (int i = 0; i < 10; i++) {
                TaxTransaction sale = quebecSale(shop, random, "inv-" + i);
                TaxReversal full = last(shop.taxes.reverse(sale.id(), new Reversal.Full("r" + i)));
                assertThat(full.gross()).isEqualTo(sale.calculation().totals().gross());
                assertThat(full.tax()).isEqualTo(sale.calculation().totals().tax());
                assertThat(full.lines()).hasSameSizeAs(sale.calculation().lines());
                for (int k = 0; k < full.lines().size(); k++) {
                    TaxedLine line = sale.calculation().lines().get(k);
                    assertThat(full.lines().get(k).net()).isEqualTo(line.net());
                    assertThat(taxes(full.lines().get(k))).isEqualTo(taxes(line));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    @Tag("TA9")
    void creditNotesOfALineSumToThatLine(int seed) {
        Random random = new Random(seed);
        try (Shop shop = Shop.of(CANADIAN)) {
            TaxTransaction sale = quebecSale(shop, random, "inv");
            for (TaxedLine line : sale.calculation().lines()) {
                Money net = Money.zero(line.net().currency());
                Money tax = net;
                List<Money> parts =
                        line.gross().allocate(1 + random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(9));
                for (Money part : parts) {
                    if (!part.isZero()) {
                        Reversal some = new Reversal.Lines(line.id() + "-" + net, Map.of(line.id(), part));
                        TaxReversal note = last(shop.taxes.reverse(sale.id(), some));
                        assertThat(note.gross()).isEqualTo(part);
                        net = net.plus(note.net());
                        tax = tax.plus(note.tax());
                    }
                }
                assertThat(net).isEqualTo(line.net());
                assertThat(tax).isEqualTo(line.tax());
            }
            assertThat(shop.taxes.find(sale.id()).orElseThrow().remaining().isZero())
                    .isTrue();
        }
    }

    @Test
    @Tag("TA8")
    void theSameFiguresOfAnotherKindOrBuyerAreOtherContent() {
        try (Shop shop = Shop.of(Shop.german())) {
            committed(shop, AmountKind.NET, "100.00");
            TaxRequest note = TaxRequest.creditNote(Shop.SELLER, Shop.currency("EUR"), TaxPoint.on(DAY), CONSUMER)
                    .items(Shop.items(AmountKind.NET, "EUR", "100.00"))
                    .build();
            TaxRequest others = shop.invoice("EUR", DAY, CONSUMER.as(Owner.user("u_2")))
                    .items(Shop.items(AmountKind.NET, "EUR", "100.00"))
                    .build();
            for (TaxRequest other : List.of(note, others)) {
                TaxCalculation calculation = shop.taxes.calculate(other).orThrow();
                assertThatThrownBy(() -> shop.taxes.commit(calculation, "inv-1"))
                        .isInstanceOf(ConflictException.class)
                        .hasMessageContaining("inv-1");
            }
        }
    }

    @Test
    void aSummaryTakesReversalsAndCreditNotesOff() {
        try (Shop shop = Shop.of(Shop.german())) {
            TaxTransaction sale = committed(shop, AmountKind.NET, "100.00", "50.00");
            shop.taxes.reverse(sale.id(), new Reversal.Lines("r", Map.of("l2", eur("59.50"))));
            TaxRequest note = TaxRequest.creditNote(Shop.SELLER, Shop.currency("EUR"), TaxPoint.on(DAY), CONSUMER)
                    .item(Shop.net("10.00", "EUR"))
                    .build();
            shop.taxes.commit(shop.taxes.calculate(note).orThrow(), "cn-1");
            List<TaxSummaryRow> rows = shop.taxes.summary(Shop.SELLER, DAY, DAY);
            assertThat(rows).hasSize(1);
            assertThat(rows.get(0).base()).isEqualTo(eur("90.00"));
            assertThat(rows.get(0).tax()).isEqualTo(eur("17.10"));
            assertThat(shop.taxes.summary(Shop.SELLER, DAY.plusDays(1), DAY.plusDays(9)))
                    .isEmpty();
            assertThat(shop.taxes.page(Shop.SELLER, null, PageRequest.first(10)).items())
                    .extracting(TaxTransaction::reference)
                    .containsExactlyInAnyOrder("inv-1", "cn-1");
            assertThat(shop.taxes.findByReference(Shop.SELLER, "cn-1")).isPresent();
        }
    }

    @Test
    void aCalculationIsKeptForADay() {
        try (Shop shop = Shop.of(Shop.german())) {
            TaxCalculation calculation = calculation(shop, AmountKind.GROSS, "119.00");
            String id = shop.taxes.save(calculation);
            assertThat(shop.taxes.saved(id)).contains(calculation);
            shop.clock.advance(Duration.ofHours(24));
            assertThat(shop.taxes.saved(id)).isEmpty();
            while (shop.matrix.runDueStep().isPresent()) {
                // until nothing is due
            }
            assertThat(shop.taxes.saved(id)).isEmpty();
        }
    }

    @Test
    @Tag("TD9")
    void aThresholdThatIsReachedIsToldOnceAYearAndReversalsTakeOff() {
        try (Shop shop = Shop.of(Shop.american())) {
            Buyer australian = Buyer.consumer(Address.of("AU"));
            TaxTransaction first =
                    shop.taxes.commit(shop.sell("2026-03-01", australian, Shop.net("74999.00", "AUD")), "1");
            assertThat(types(shop)).doesNotContain("tax.threshold_crossed");
            shop.taxes.reverse(first.id(), new Reversal.Flat("r", Money.of("70000.00", "AUD")));
            shop.taxes.commit(shop.sell("2026-03-01", australian, Shop.net("70000.00", "AUD")), "2");
            assertThat(types(shop)).doesNotContain("tax.threshold_crossed");
            shop.taxes.reverse(first.id(), new Reversal.Undo("u", "r"));
            assertThat(types(shop)).containsOnlyOnce("tax.threshold_crossed");
            shop.taxes.commit(shop.sell("2026-03-02", australian, Shop.net("1.00", "AUD")), "3");
            assertThat(types(shop)).containsOnlyOnce("tax.threshold_crossed");
            assertThat(shop.sell("2026-03-02", australian, Shop.net("1.00", "AUD"))
                            .warnings())
                    .contains(Warning.REGISTRATION_REQUIRED);
        }
    }

    private static PaymentRefunded.Builder refund(
            dev.matrix.core.event.EventType type, String leg, String amount, String tax) {
        return PaymentRefunded.builder()
                .id("pay_1")
                .owner(Owner.user("u_1"))
                .type(type)
                .refundId("ref_1")
                .legId(leg)
                .captureId("cap_1")
                .provider("stripe")
                .amount(eur(amount))
                .reason("customer_request")
                .refundedTotal(eur(amount))
                .at(java.time.Instant.parse("2026-03-02T10:00:00Z"))
                .tax(eur(tax))
                .taxRefundedTotal(eur(tax))
                .taxReference("inv-1");
    }

    private static void handle(Shop shop, PaymentRefunded refund) {
        shop.matrix.events().publish(BillingEvent.of(refund));
        for (int i = 0; i < 50; i++) {
            shop.clock.advance(Duration.ofMillis(100));
            while (shop.matrix.runDueStep().isPresent()) {
                // until nothing is due
            }
        }
    }

    @Test
    @Tag("TA9")
    void refundsReverseTheTaxThatTheySayAndComeBack() {
        try (Shop shop = Shop.of(Shop.german(), TaxesBuilder::followRefunds)) {
            TaxTransaction sale = committed(shop, AmountKind.GROSS, "119.00", "50.00");
            handle(
                    shop,
                    refund(EventTypes.PAYMENT_REFUNDED, "leg_1", "11.90", "1.91")
                            .build());
            TaxReversal flat = last(shop.taxes.find(sale.id()).orElseThrow());
            assertThat(flat.reference()).isEqualTo("leg_1");
            assertThat(flat.tax()).isEqualTo(eur("1.91"));
            assertThat(flat.gross()).isEqualTo(eur("11.90"));

            RefundedLine line = new RefundedLine("l2", eur("10.00"), eur("1.50"));
            handle(
                    shop,
                    refund(EventTypes.PAYMENT_REFUNDED, "leg_2", "10.00", "1.50")
                            .lines(List.of(line))
                            .build());
            TaxReversal byLine = last(shop.taxes.find(sale.id()).orElseThrow());
            assertThat(byLine.lines()).hasSize(1);
            assertThat(byLine.lines().get(0).lineId()).isEqualTo("l2");
            assertThat(byLine.tax()).isEqualTo(eur("1.50"));

            handle(
                    shop,
                    refund(EventTypes.PAYMENT_REFUND_REVERSED, "leg_1", "11.90", "1.91")
                            .build());
            TaxTransaction after = shop.taxes.find(sale.id()).orElseThrow();
            assertThat(after.remaining()).isEqualTo(eur("159.00"));
            assertThat(after.reversals().get(0).undoneBy()).isNotNull();
        }
    }
}
