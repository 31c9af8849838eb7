package dev.matrix.refunds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.event.payload.Line;
import dev.matrix.core.event.payload.LineKind;
import dev.matrix.core.event.payload.PaymentMethod;
import dev.matrix.core.event.payload.PaymentSucceeded;
import dev.matrix.core.event.payload.Period;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ManualClock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Payments that hosts publish are refundable at once, and none of them rolls the host back. */
class PaymentFollowerTest {

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    private final FakeBank bank = new FakeBank(clock);
    private final Matrix matrix = TestNode.matrix(Stores.inMemory(clock), clock, bank.transport());
    private final Refunds refunds =
            Refunds.on(matrix).provider(BankRefunds.sound()).build();

    private static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    private PaymentSucceeded.Builder paid(String id, String amount) {
        return PaymentSucceeded.builder(id, Owner.user("u_42"), eur(amount), PaymentMethod.CARD, clock.instant())
                .provider("bank")
                .providerRef("c_" + id);
    }

    private RefundablePayment payment(String id) {
        return refunds.payments().find(id).orElseThrow();
    }

    @Test
    @Tag("R1")
    @Tag("R41")
    @Tag("A45")
    void aPublishedPaymentIsRefundableInTheSameTransactionAndGoneWithIt() {
        matrix.transactions().inTransaction(tx -> {
            matrix.events().publish(tx, paid("pay_1", "50.00").build());
            assertThat(refunds.refundRemaining(tx, "pay_1", RefundReason.DUPLICATE))
                    .isInstanceOf(RefundOutcome.Accepted.class);
        });
        assertThat(payment("pay_1").refundable().isZero()).isTrue();

        assertThatThrownBy(() -> matrix.transactions().inTransaction(tx -> {
                    matrix.events().publish(tx, paid("pay_2", "50.00").build());
                    throw new IllegalStateException("the host rolls back");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(refunds.payments().find("pay_2")).isEmpty();
    }

    @Test
    @Tag("R1")
    void linesAreTakenGrossWithCreditsAllotted() {
        Period month = Period.of(clock.instant(), clock.instant().plus(Duration.ofDays(30)));
        matrix.events()
                .publish(paid("pay_1", "107.10")
                        .tax(eur("17.10"))
                        .lines(List.of(
                                Line.builder("l1", LineKind.PRORATION, eur("60.00"), eur("11.40"))
                                        .period(month)
                                        .build(),
                                Line.builder("l2", LineKind.USAGE, eur("40.00"), eur("7.60"))
                                        .build(),
                                Line.builder("l3", LineKind.CREDIT, eur("-10.00"), eur("-1.90"))
                                        .build()))
                        .build());
        List<PaymentLine> lines = payment("pay_1").lines();
        assertThat(lines).extracting(PaymentLine::kind).containsExactly(PriceKind.RECURRING, PriceKind.USAGE);
        assertThat(lines).extracting(PaymentLine::amount).containsExactly(eur("64.26"), eur("42.84"));
        assertThat(lines).extracting(PaymentLine::tax).containsExactly(eur("10.26"), eur("6.84"));
        ServicePeriod period = Objects.requireNonNull(lines.get(0).period());
        assertThat(period.zone()).isEqualTo(ZoneOffset.UTC);
    }

    @Test
    @Tag("R1")
    @Tag("A45")
    @Tag("R51")
    @Tag("A66")
    void whatDoesNotFitIsFlaggedAndTheHostCommits() {
        matrix.events()
                .publish(paid("pay_1", "50.00")
                        .lines(List.of(Line.builder("l1", LineKind.USAGE, eur("40.00"), eur("0.00"))
                                .build()))
                        .build());
        assertThat(payment("pay_1").lines()).isEmpty();
        assertThat(payment("pay_1").attention()).containsExactly(Attention.AMOUNT_MISMATCH);

        matrix.events().publish(paid("pay_2", "50.00").build());
        matrix.events().publish(paid("pay_2", "50.00").build());
        assertThat(payment("pay_2").attention()).isEmpty();
        matrix.events().publish(paid("pay_2", "51.00").build());
        assertThat(payment("pay_2").captured()).isEqualTo(eur("50.00"));
        assertThat(payment("pay_2").attention()).containsExactly(Attention.REVIEW);

        matrix.events()
                .publish(paid("pay_3", "50.00").providerRef("no path/../ref").build());
        assertThat(refunds.payments().find("pay_3")).isEmpty();
        matrix.events().publish(paid("pay_4", "50.00").provider(null).build());
        assertThat(refunds.payments().find("pay_4")).isEmpty();
    }

    @Test
    @Tag("R1")
    @Tag("R49")
    void recordingIsIdempotentByItsInput() {
        Capture capture = Capture.of("c1", eur("10.00"), clock.instant());
        PaymentDraft draft = PaymentDraft.of("pay_1", Owner.user("u"), "bank", capture);
        refunds.payments().record(draft);
        refunds.payments().addCapture("pay_1", Capture.of("c2", eur("5.00"), clock.instant()));
        refunds.payments().addCapture("pay_1", Capture.of("c2", eur("5.00"), clock.instant()));

        assertThat(refunds.payments().record(draft).captured()).isEqualTo(eur("15.00"));
        assertThatThrownBy(() -> refunds.payments().addCapture("pay_1", Capture.of("c2", eur("6.00"), clock.instant())))
                .isInstanceOf(ConflictException.class);
        PaymentDraft other = PaymentDraft.of("pay_2", Owner.user("u"), "bank", capture);
        assertThatThrownBy(() -> refunds.payments().record(other)).isInstanceOf(ConflictException.class);
        PaymentDraft changed =
                PaymentDraft.of("pay_1", Owner.user("u"), "bank", Capture.of("c1", eur("11.00"), clock.instant()));
        assertThatThrownBy(() -> refunds.payments().record(changed)).isInstanceOf(ConflictException.class);
    }
}
