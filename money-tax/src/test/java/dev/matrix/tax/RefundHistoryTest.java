package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.PaymentRefunded;
import dev.matrix.core.event.payload.RefundedLine;
import dev.matrix.core.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Refunds whose tax isn't the proportion, and what is reversed after them. */
@Tag("TA9")
class RefundHistoryTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
    private static final Owner BUYER = Owner.user("u_1");

    private static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    private static Shop following() {
        return Shop.of(Shop.german(), TaxesBuilder::followRefunds);
    }

    private static TaxTransaction sale(Shop shop, String... gross) {
        TaxRequest request = shop.invoice(
                        "EUR", DAY, Buyer.consumer(Address.of("DE")).as(BUYER))
                .items(Shop.items(AmountKind.GROSS, "EUR", gross))
                .build();
        return shop.taxes.commit(shop.taxes.calculate(request).orThrow(), "inv-1");
    }

    private static RefundedLine line(String id, String amount, String tax) {
        return new RefundedLine(id, eur(amount), eur(tax));
    }

    private static void refund(Shop shop, String leg, String amount, String tax, RefundedLine... lines) {
        refund(shop, BUYER, leg, amount, tax, lines);
    }

    private static void refund(Shop shop, Owner owner, String leg, String amount, String tax, RefundedLine... lines) {
        shop.matrix
                .events()
                .publish(BillingEvent.of(PaymentRefunded.builder()
                        .id("pay_1")
                        .owner(owner)
                        .type(EventTypes.PAYMENT_REFUNDED)
                        .refundId("ref_1")
                        .legId(leg)
                        .captureId("cap_1")
                        .provider("stripe")
                        .amount(eur(amount))
                        .reason("customer_request")
                        .refundedTotal(eur(amount))
                        .at(Instant.parse("2026-03-02T10:00:00Z"))
                        .tax(eur(tax))
                        .taxRefundedTotal(eur(tax))
                        .taxReference("inv-1")
                        .lines(List.of(lines))
                        .build()));
        for (int i = 0; i < 50; i++) {
            shop.clock.advance(Duration.ofMillis(100));
            while (shop.matrix.runDueStep().isPresent()) {
                // until nothing is due
            }
        }
    }

    private static TaxTransaction now(Shop shop, TaxTransaction sale) {
        return shop.taxes.find(sale.id()).orElseThrow();
    }

    private static TaxReversal last(TaxTransaction transaction) {
        return transaction.reversals().get(transaction.reversals().size() - 1);
    }

    private static TaxSummaryRow filed(Shop shop) {
        List<TaxSummaryRow> rows = shop.taxes.summary(Shop.SELLER, DAY, DAY);
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    @Test
    void onceAllTaxWasGivenBackNoneIsReversedAnyMore() {
        try (Shop shop = following()) {
            TaxTransaction sale = sale(shop, "119.00");
            refund(shop, "leg_1", "19.00", "19.00");
            TaxReversal flat = last(shop.taxes.reverse(sale.id(), new Reversal.Flat("r1", eur("50.00"))));

            assertThat(flat.tax()).isEqualTo(eur("0.00"));
            assertThat(flat.net()).isEqualTo(eur("50.00"));
            assertThat(filed(shop).tax()).isEqualTo(eur("0.00"));
            assertThat(filed(shop).base()).isEqualTo(eur("50.00"));
        }
    }

    @Test
    void theTaxOfARefundComesFromTheLinesThatHaveSomeLeft() {
        try (Shop shop = following()) {
            TaxTransaction sale = sale(shop, "119.00", "119.00");
            refund(shop, "leg_1", "19.00", "19.00", line("l1", "19.00", "19.00"));
            refund(shop, "leg_2", "60.00", "9.58");

            TaxReversal second = last(now(shop, sale));
            assertThat(second.reference()).isEqualTo("leg_2");
            assertThat(second.tax()).isEqualTo(eur("9.58"));
            assertThat(second.gross()).isEqualTo(eur("60.00"));
            assertThat(second.lines().get(0).tax()).isEqualTo(eur("0.00"));
            assertThat(second.lines().get(1).tax()).isEqualTo(eur("9.58"));
            assertThat(filed(shop).tax()).isEqualTo(eur("9.42"));
        }
    }

    @Test
    void smallRefundsWhoseTaxIsRoundedUpApplyAsLongAsTaxIsLeft() {
        try (Shop shop = following()) {
            TaxTransaction sale = sale(shop, "119.00");
            for (int i = 1; i <= 5; i++) {
                refund(shop, "leg_" + i, "0.04", "0.01");
            }

            assertThat(now(shop, sale).reversals()).hasSize(5);
            assertThat(filed(shop).tax()).isEqualTo(eur("18.95"));
            assertThat(last(shop.taxes.reverse(sale.id(), new Reversal.Full("r")))
                            .tax())
                    .isEqualTo(eur("18.95"));
        }
    }

    @Test
    void afterARefundWithHalfItsTaxTheRestIsInProportionToWhatIsLeft() {
        try (Shop shop = following()) {
            TaxTransaction sale = sale(shop, "119.00");
            refund(shop, "leg_1", "19.00", "10.00");

            assertThat(last(shop.taxes.reverse(sale.id(), new Reversal.Flat("r1", eur("50.00"))))
                            .tax())
                    .isEqualTo(eur("4.50"));
            assertThat(last(shop.taxes.reverse(sale.id(), new Reversal.Lines("r2", Map.of("l1", eur("50.00")))))
                            .tax())
                    .isEqualTo(eur("4.50"));
            assertThat(filed(shop).tax()).isEqualTo(eur("0.00"));
            assertThat(filed(shop).base()).isEqualTo(eur("0.00"));
        }
    }

    @Test
    void goodwillOfTheWholePriceLeavesTheTaxOwed() {
        try (Shop shop = following()) {
            TaxTransaction sale = sale(shop, "119.00", "119.00");
            refund(shop, "leg_1", "238.00", "0.00");

            assertThat(now(shop, sale).remaining()).isEqualTo(eur("0.00"));
            assertThat(filed(shop).tax()).isEqualTo(eur("38.00"));
        }
    }

    @Test
    void whatARefundsLinesDoNotMakeUpIsTakenOffTheDocument() {
        try (Shop shop = following()) {
            TaxTransaction sale = sale(shop, "119.00", "119.00");
            refund(shop, "leg_1", "119.00", "19.00", line("l1", "59.50", "9.50"));

            TaxTransaction after = now(shop, sale);
            assertThat(after.remaining()).isEqualTo(eur("119.00"));
            assertThat(last(after).tax()).isEqualTo(eur("19.00"));
            assertThat(after.reversals()).hasSize(1);
            assertThat(filed(shop).tax()).isEqualTo(eur("19.00"));
            assertThat(filed(shop).base()).isEqualTo(eur("100.00"));
        }
    }

    @Test
    void aRefundThatContradictsItsLinesWaitsForAPerson() {
        try (Shop shop = following()) {
            TaxTransaction sale = sale(shop, "119.00", "119.00");
            refund(shop, "leg_1", "59.50", "9.50", line("l1", "119.00", "19.00"));
            assertThat(now(shop, sale).reversals()).isEmpty();
            refund(shop, "leg_2", "59.50", "9.50", line("l1", "59.50", "0.00"));

            assertThat(now(shop, sale).reversals()).isEmpty();
        }
    }

    @Test
    void moreTaxThanIsLeftIsRefusedWithWhatIsLeft() {
        try (Shop shop = Shop.of(Shop.german())) {
            TaxTransaction sale = sale(shop, "119.00");
            TaxLedger ledger = shop.ledger();
            assertThatThrownBy(() -> shop.matrix
                            .transactions()
                            .inTransaction(tx -> ledger.reverse(
                                    tx,
                                    sale.id(),
                                    new Reversal.Flat("r", eur("50.00")),
                                    new TaxLedger.Binding(eur("50.00"), eur("19.01"), Map.of()))))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("19.00 EUR is left");
        }
    }

    @Test
    void ofTwoSellersWithTheSameReferenceTheBuyersOwnIsReversed() {
        SellerProfile beta =
                SellerProfile.of("beta", Address.of("DE")).registered(TaxRegistration.local("DE", null, Shop.LONG_AGO));
        try (Shop shop = Shop.of(Shop.german(), wiring -> wiring.seller(beta).followRefunds())) {
            TaxTransaction ours = sale(shop, "119.00");
            Buyer other = Buyer.consumer(Address.of("DE")).as(Owner.user("u_beta"));
            TaxRequest request = TaxRequest.invoice("beta", Shop.currency("EUR"), TaxPoint.on(DAY), other)
                    .items(Shop.items(AmountKind.GROSS, "EUR", "119.00"))
                    .build();
            TaxTransaction theirs =
                    shop.taxes.commit(shop.taxes.calculate(request).orThrow(), "inv-1");
            refund(shop, Owner.user("u_beta"), "leg_1", "119.00", "19.00");
            refund(shop, Owner.user("u_nobody"), "leg_2", "119.00", "19.00");

            assertThat(now(shop, theirs).remaining()).isEqualTo(eur("0.00"));
            assertThat(now(shop, ours).remaining()).isEqualTo(eur("119.00"));
            refund(shop, "leg_3", "59.50", "9.50");
            assertThat(now(shop, ours).remaining()).isEqualTo(eur("59.50"));
        }
    }
}
