package dev.matrix.core.event.payload;

import static dev.matrix.core.event.payload.BillingExamples.AT;
import static dev.matrix.core.event.payload.BillingExamples.OWNER;
import static dev.matrix.core.event.payload.BillingExamples.eur;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.event.payload.BillingInterval.Unit;
import dev.matrix.core.event.payload.Discount.Term;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PayloadsTest {

    static Stream<ThrowingCallable> malformed() {
        return Stream.of(
                () -> Period.of(AT, AT),
                () -> new BillingInterval(Unit.WEEK, 0),
                () -> new Discount(null, null, Term.ONCE, null),
                () -> Discount.ofPercent(new BigDecimal("100.1"), Term.FOREVER),
                () -> Discount.ofAmount(eur("-1.00"), Term.FOREVER),
                () -> SubscriptionItem.of("si_1", " ", eur("1.00"), BillingInterval.monthly(), 1),
                () -> SubscriptionItem.of("si_1", "pro", eur("1.00"), BillingInterval.yearly(), -1),
                () -> new RefundedLine("line_1", eur("1.00"), eur("1.01")),
                () -> new RefundedLine("line_1", eur("1.00"), Money.of("0.10", "USD")),
                () -> new Utilisation(0.1, 1.1),
                () -> new Utilisation(Double.NaN, 1),
                () -> new TaxRulesChanged(" ", OWNER, "2026-11"),
                () -> new TaxExemptionChanged("exm_1", OWNER, "exm_1", "ACTIVE"),
                () -> PaymentSucceeded.builder("pay_1", OWNER, eur("0.00"), PaymentMethod.BANK, AT)
                        .build(),
                () -> PaymentFailed.builder("pay_1", OWNER, eur("1.00"), "stripe", AT)
                        .attempt(0)
                        .build(),
                () -> InvoicePaid.builder("inv_1", OWNER, "1", eur("1.00"), AT)
                        .tax(eur("0.19"))
                        .build());
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void recordsRefuseWhatCannotBe(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void buildersListEveryComponentThatIsMissing() {
        assertThatThrownBy(() -> PaymentRefunded.builder()
                        .id("pay_1")
                        .owner(OWNER)
                        .amount(eur("1.00"))
                        .build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("type, refundId, legId, captureId, provider, reason, refundedTotal, at");
        assertThatThrownBy(() -> RefundChanged.builder().build()).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> UsageRecorded.builder().build()).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> UsageThresholdReached.builder().build()).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void buildersFillWhatIsLeftOut() {
        InvoicePaid paid =
                InvoicePaid.builder("inv_1", OWNER, "1", eur("1.00"), AT).build();

        assertThat(paid.subtotal()).isEqualTo(eur("1.00"));
        assertThat(paid.tax().isZero()).isTrue();
        assertThat(paid.issuedAt()).isEqualTo(AT);
        assertThat(paid.lines()).isEmpty();
    }

    @Test
    void aPeriodHoldsItsStartButNotItsEnd() {
        Period second = Period.of(AT, AT.plusSeconds(1));

        assertThat(second.contains(AT)).isTrue();
        assertThat(second.contains(AT.plusSeconds(1))).isFalse();
        assertThat(second.contains(AT.minusNanos(1))).isFalse();
    }

    @Test
    void aDiscountIsAPercentageOrAnAmount() {
        Discount tenth = Discount.ofPercent(BigDecimal.TEN, Term.FOREVER);
        Discount fiveEuro = Discount.ofAmount(eur("5.00"), Term.ONCE);

        assertThat(tenth.amount()).isNull();
        assertThat(fiveEuro.percent()).isNull();
        assertThatThrownBy(() -> new Discount(BigDecimal.TEN, eur("5.00"), Term.ONCE, null))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void listsAreCopied() {
        List<Line> lines = new ArrayList<>();
        InvoicePaid paid = InvoicePaid.builder("inv_1", OWNER, "1", eur("1.00"), AT)
                .lines(lines)
                .build();
        lines.add(Line.builder("line_1", LineKind.ONE_TIME, eur("1.00"), eur("0.00"))
                .build());

        assertThat(paid.lines()).isEmpty();
    }
}
