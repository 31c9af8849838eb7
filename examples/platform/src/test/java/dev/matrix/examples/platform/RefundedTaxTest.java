package dev.matrix.examples.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.event.payload.PaymentMethod;
import dev.matrix.core.event.payload.PaymentSucceeded;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Stores;
import dev.matrix.refunds.Refund;
import dev.matrix.refunds.RefundAmount;
import dev.matrix.refunds.RefundOutcome;
import dev.matrix.refunds.RefundReason;
import dev.matrix.refunds.RefundRequest;
import dev.matrix.refunds.RefundStatus;
import dev.matrix.refunds.Refunds;
import dev.matrix.tax.Address;
import dev.matrix.tax.Buyer;
import dev.matrix.tax.ProductCategory;
import dev.matrix.tax.SellerProfile;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.TaxPoint;
import dev.matrix.tax.TaxRegistration;
import dev.matrix.tax.TaxRequest;
import dev.matrix.tax.TaxTransaction;
import dev.matrix.tax.TaxedItem;
import dev.matrix.tax.Taxes;
import dev.matrix.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Refunds and taxes don't know each other, yet a refunded payment's tax is taken back: they meet in the event log. */
class RefundedTaxTest {

    private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");
    private static final Owner OWNER = Owner.user("u_42");

    private final ManualClock clock = ManualClock.at(NOW);

    private void drive(Matrix matrix) {
        for (int turn = 0; turn < 1_000; turn++) {
            if (matrix.runDueStep().isEmpty()) {
                clock.advance(Duration.ofMillis(100));
            }
        }
    }

    @Test
    @Tag("R10")
    @Tag("R21")
    void aRefundTakesThePaymentsTaxBackToTheCent() {
        try (Matrix matrix =
                Matrix.builder().stores(Stores.inMemory()).clock(clock).build()) {
            LocalDate day = LocalDate.of(2026, 11, 22);
            Taxes taxes = Taxes.on(matrix)
                    .seller(SellerProfile.of("acme", Address.of("DE"))
                            .registered(TaxRegistration.local("DE", TaxId.parse("DE314159262"), day.minusYears(1))))
                    .followRefunds()
                    .build();
            Refunds refunds = Refunds.on(matrix).provider(new SandboxRefunds()).build();
            TaxRequest sale = TaxRequest.invoice("acme", Currencies.standard().get("EUR"), TaxPoint.on(day), consumer())
                    .item(TaxedItem.net("seats", Money.of("100.00", "EUR"), ProductCategory.SAAS))
                    .build();
            TaxTransaction committed = taxes.commit(taxes.calculate(sale).orThrow(), "inv_1");
            matrix.events()
                    .publish(
                            PaymentSucceeded.builder("pay_1", OWNER, Money.of("119.00", "EUR"), PaymentMethod.CARD, NOW)
                                    .tax(Money.of("19.00", "EUR"))
                                    .provider("sandbox")
                                    .providerRef("ch_1")
                                    .taxReference(committed.id())
                                    .build());

            Refund refund = ((RefundOutcome.Accepted) refunds.refund(RefundRequest.of(
                            "pay_1",
                            new RefundAmount.Exact(Money.of("39.67", "EUR")),
                            RefundReason.CUSTOMER_REQUEST,
                            "refund-1")))
                    .refund();
            drive(matrix);

            assertThat(refunds.find(refund.id()).orElseThrow().status()).isEqualTo(RefundStatus.SUCCEEDED);
            TaxTransaction after = taxes.find(committed.id()).orElseThrow();
            assertThat(after.reversals()).hasSize(1);
            assertThat(after.remaining()).isEqualTo(Money.of("79.33", "EUR"));
        }
    }

    private static Buyer consumer() {
        return Buyer.consumer(Address.of("DE")).as(OWNER);
    }
}
