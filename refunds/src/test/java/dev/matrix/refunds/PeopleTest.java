package dev.matrix.refunds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Owner;
import dev.matrix.refunds.spi.ProviderStand.Behaviour;
import dev.matrix.refunds.spi.ProviderStand.Finish;
import dev.matrix.refunds.spi.RefundPolicy;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people decide: approvals, schedules, cancellations, manual refunds, credit. */
class PeopleTest extends Flow {

    private final Refunds refunds = Refunds.on(matrix)
            .provider(BankRefunds.sound())
            .policy(RefundPolicy.approvalAbove(eur("500.00")))
            .build();

    @Override
    Refunds refunds() {
        return refunds;
    }

    @Test
    @Tag("A28")
    @Tag("R8")
    @Tag("A64")
    @Tag("R59")
    void whatIsAboveTheLimitWaitsForAnotherPersonUntilItExpires() {
        TestNode.record(refunds, bank, "pay_1", "2000.00");
        Refund refund = accepted(refunds.refund(exact("600.00", "k1").requestedBy("bob")));
        assertThat(refund.status()).isEqualTo(RefundStatus.PENDING_APPROVAL);
        assertThat(payment().reserved()).isEqualTo(eur("600.00"));
        TestNode.drive(matrix);
        assertThat(bank.puts()).isZero();
        assertThatThrownBy(() -> refunds.approve(refund.id(), "bob")).isInstanceOf(ConflictException.class);

        refunds.approve(refund.id(), "ann");
        assertThat(refunds.approve(refund.id(), "ann").status()).isEqualTo(RefundStatus.QUEUED);
        TestNode.drive(matrix);
        assertThat(now(refund).status()).isEqualTo(RefundStatus.SUCCEEDED);

        Refund waiting = accepted(refunds.refund(exact("1.00", "k2").requestedBy("bob")));
        clock.advance(Duration.ofDays(30));
        assertThatThrownBy(() -> refunds.approve(waiting.id(), "ann")).isInstanceOf(ConflictException.class);
        TestNode.drive(matrix);
        assertThat(now(waiting).status()).isEqualTo(RefundStatus.CANCELLED);
        assertThat(payment().reserved().isZero()).isTrue();

        Refund unwanted = accepted(refunds.refund(exact("1.00", "k3").requestedBy("bob")));
        refunds.reject(unwanted.id(), "ann", "No.");
        assertThat(refunds.reject(unwanted.id(), "ann", "No.").status()).isEqualTo(RefundStatus.REJECTED);
        assertThat(payment().reserved().isZero()).isTrue();
    }

    @Test
    @Tag("R8")
    @Tag("R52")
    void aScheduledRefundStartsAtItsTimeAndCanBeCancelledBefore() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        Instant later = clock.instant().plus(Duration.ofDays(2));
        Refund refund = accepted(refunds.refund(exact("10.00", "k1").executeAt(later)));
        Refund other = accepted(refunds.refund(exact("20.00", "k2").executeAt(later)));
        assertThat(refund.status()).isEqualTo(RefundStatus.SCHEDULED);
        assertThat(refunds.cancel(other.id(), "ann")).isInstanceOf(CancelOutcome.Cancelled.class);
        assertThat(refunds.cancel(other.id(), "ann")).isInstanceOf(CancelOutcome.Cancelled.class);
        assertThat(payment().reserved()).isEqualTo(eur("10.00"));

        after(Duration.ofDays(2));
        after(Duration.ofSeconds(1));

        assertThat(now(refund).status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(refunds.cancel(refund.id(), "ann")).isInstanceOf(CancelOutcome.TooLate.class);
        assertThat(accepted(refunds.refund(exact("10.00", "k1").executeAt(later)))
                        .id())
                .isEqualTo(refund.id());
    }

    @Test
    @Tag("R8")
    @Tag("R15")
    void aPendingRefundIsCancelledOnceALookupShowsIt() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        bank.next(Behaviour.ACCEPT_PENDING);
        Refund refund = accepted(refunds.refund(exact("10.00", "k1")));
        TestNode.drive(matrix);
        assertThat(now(refund).status()).isEqualTo(RefundStatus.PENDING);
        assertThat(refunds.cancel(refund.id(), "ann")).isInstanceOf(CancelOutcome.Requested.class);
        assertThat(payment().reserved()).isEqualTo(eur("10.00"));
        after(Duration.ofSeconds(1));
        assertThat(now(refund).status()).isEqualTo(RefundStatus.CANCELLED);
        assertThat(payment().reserved().isZero()).isTrue();

        bank.next(Behaviour.ACCEPT_PENDING);
        Refund slow = accepted(refunds.refund(exact("10.00", "k2")));
        TestNode.drive(matrix);
        bank.finish(slow.legs().get(0).id(), Finish.SETTLED);
        after(Duration.ofMinutes(59));
        assertThat(now(slow).status()).isEqualTo(RefundStatus.PENDING);
        after(Duration.ofMinutes(1));
        assertThat(now(slow).status()).isEqualTo(RefundStatus.SUCCEEDED);
    }

    @Test
    @Tag("R36")
    @Tag("R19")
    @Tag("R60")
    @Tag("A65")
    void creditIsFilledByRefundsAndSpentOnceAndAManualRefundWaitsForAPerson() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        Refund credit = accepted(refunds.refund(exact("10.00", "k1").via("account_credit")));
        TestNode.drive(matrix);
        Owner owner = payment().owner();
        assertThat(now(credit).status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(refunds.credits().balances(owner)).containsExactly(eur("10.00"));
        assertThat(refunds.credits()
                        .spend(owner, eur("6.00"), credit.legs().get(0).id()))
                .isTrue();
        assertThat(refunds.credits()
                        .spend(owner, eur("6.00"), credit.legs().get(0).id()))
                .isTrue();
        assertThat(refunds.credits().spend(owner, eur("6.00"), "other")).isFalse();
        assertThat(refunds.credits().balances(owner)).containsExactly(eur("4.00"));
        assertThatThrownBy(() -> refunds.credits()
                        .spend(owner, eur("5.00"), credit.legs().get(0).id()))
                .isInstanceOf(ConflictException.class);

        Refund manual = accepted(refunds.refund(exact("20.00", "k2").via("manual")));
        TestNode.drive(matrix);
        String leg = manual.legs().get(0).id();
        assertThat(now(manual).status()).isEqualTo(RefundStatus.REQUIRES_ACTION);
        refunds.resolve(leg, new LegResolution.Succeeded("bank-77"), "ann", null);
        assertThat(refunds.resolve(leg, new LegResolution.Succeeded("bank-77"), "ann", null)
                        .status())
                .isEqualTo(RefundStatus.SUCCEEDED);
        assertThatThrownBy(() -> refunds.resolve(leg, new LegResolution.NotExecuted(), "ann", null))
                .isInstanceOf(ConflictException.class);
        assertThat(bank.puts()).isZero();
    }
}
