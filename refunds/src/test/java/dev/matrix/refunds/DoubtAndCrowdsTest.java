package dev.matrix.refunds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.StorageException;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.payload.PaymentMethod;
import dev.matrix.core.event.payload.PaymentSucceeded;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Stores;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.ProviderCapabilities;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderFacts;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.ProviderStand;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.OtherThread;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Commits whose answer gets lost, providers that hang, limits that are counted under the lock. */
class DoubtAndCrowdsTest {

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    private final FakeBank bank = new FakeBank(clock);

    private static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    private static RefundRequest exact(String payment, String amount, String key) {
        return RefundRequest.of(payment, new RefundAmount.Exact(eur(amount)), RefundReason.GOODWILL, key);
    }

    private void minutes(Matrix matrix, int count) {
        for (int i = 0; i < count; i++) {
            TestNode.drive(matrix);
            clock.advance(Duration.ofMinutes(1));
        }
    }

    @Test
    @Tag("A56")
    @Tag("R52")
    void aLostAnswerToAnyCommitLeavesOneRefundAndOneTransfer() {
        CutCommits stores = new CutCommits(Stores.inMemory(clock));
        Matrix matrix = TestNode.matrix(stores, clock, bank.transport());
        Refunds refunds = Refunds.on(matrix).provider(BankRefunds.sound()).build();
        TestNode.record(refunds, bank, "pay_1", "100.00");

        stores.cutAfter("insert");
        assertThatThrownBy(() -> refunds.refund(exact("pay_1", "60.00", "k"))).isInstanceOf(StorageException.class);
        RefundOutcome again = refunds.refund(exact("pay_1", "60.00", "k"));
        assertThat(((RefundOutcome.Accepted) again).replayed()).isTrue();

        stores.cutAfter("addAttempt");
        minutes(matrix, 2);
        assertThat(stores.isArmed()).isFalse();
        assertThat(bank.puts()).as("a claim in doubt calls nobody").isZero();

        stores.cutAfter("post");
        minutes(matrix, 30);
        assertThat(stores.isArmed()).isFalse();
        Refund refund =
                refunds.find(((RefundOutcome.Accepted) again).refund().id()).orElseThrow();
        assertThat(refund.status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(bank.executions()).hasSize(1);
        assertThat(refunds.payments().find("pay_1").orElseThrow().refunded()).isEqualTo(eur("60.00"));
        assertThat(refunds.ledger().ofPayment("pay_1")).hasSize(2);
    }

    /** Within this process; counts its calls, and waits where it is told to. */
    private record Waiting(
            String name, CountDownLatch entered, @Nullable CountDownLatch release) implements RefundProvider {

        @Override
        public ProviderCapabilities capabilities() {
            return ProviderCapabilities.defaults().local();
        }

        @Override
        public ProviderResult submit(RefundCommand command, ProviderContext context) {
            entered.countDown();
            if (release != null) {
                OtherThread.await(release);
            }
            return new ProviderResult.Succeeded(command.ownReference(), ProviderFacts.none());
        }

        @Override
        public LookupResult lookup(RefundProbe probe, ProviderContext context) {
            return new LookupResult.Unavailable("It waits.");
        }
    }

    @Test
    @Tag("A48")
    @Tag("R39")
    void aProviderThatHangsHoldsItsOwnLanesAlone() {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(2);
        CountDownLatch done = new CountDownLatch(100);
        try (Matrix matrix = Matrix.builder().stores(Stores.inMemory()).build()) {
            Refunds refunds = Refunds.on(matrix)
                    .provider(new Waiting("stuck", hanging, release))
                    .provider(new Waiting("quick", done, null))
                    .build();
            for (int i = 0; i < 200; i++) {
                String provider = i < 100 ? "stuck" : "quick";
                String payment = "pay_" + i;
                refunds.payments()
                        .record(PaymentDraft.of(
                                payment,
                                Owner.user("u_" + i),
                                provider,
                                Capture.of("c_" + i, eur("5.00"), Instant.parse("2026-01-01T00:00:00Z"))));
                refunds.refundRemaining(payment, RefundReason.GOODWILL);
            }
            matrix.start();
            OtherThread.await(hanging);
            OtherThread.await(done);
            release.countDown();
        }
    }

    @Test
    @Tag("R50")
    @Tag("R59")
    void refundsOfACaptureAreCountedAndWindowsEnd() {
        Matrix matrix = TestNode.matrix(Stores.inMemory(clock), clock, bank.transport());
        ProviderCapabilities limited = BankRefunds.usual().limited(2, Duration.ofDays(30));
        Refunds refunds = Refunds.on(matrix)
                .provider(new BankRefunds(BankRefunds.Flaw.NONE, limited))
                .build();
        TestNode.record(refunds, bank, "pay_1", "100.00");
        bank.next(ProviderStand.Behaviour.DECLINE);
        refunds.refund(exact("pay_1", "1.00", "a"));
        TestNode.drive(matrix);
        assertThat(refunds.refund(exact("pay_1", "1.00", "b"))).isInstanceOf(RefundOutcome.Accepted.class);
        assertThat(refunds.refund(exact("pay_1", "1.00", "c"))).isInstanceOf(RefundOutcome.Accepted.class);
        assertThat(((RefundOutcome.Refused) refunds.refund(exact("pay_1", "1.00", "d"))).code())
                .isEqualTo(RefusalCode.TOO_MANY_REFUNDS);

        TestNode.record(refunds, bank, "pay_2", "100.00");
        clock.set(Instant.parse("2026-03-03T00:00:00Z").minusNanos(1));
        assertThat(refunds.refund(exact("pay_2", "1.00", "e"))).isInstanceOf(RefundOutcome.Accepted.class);
        clock.set(Instant.parse("2026-03-03T00:00:00Z"));
        assertThat(((RefundOutcome.Refused) refunds.refund(exact("pay_2", "1.00", "f"))).code())
                .isEqualTo(RefusalCode.WINDOW_EXPIRED);
    }

    @Test
    @Tag("A61")
    void anEventOfTheHostsWithTheLegsNameHindersNothing() {
        Matrix matrix = TestNode.matrix(Stores.inMemory(clock), clock, bank.transport());
        Refunds refunds = Refunds.on(matrix).provider(BankRefunds.sound()).build();
        RefundablePayment payment = TestNode.record(refunds, bank, "pay_1", "100.00");
        Refund refund = ((RefundOutcome.Accepted) refunds.refund(exact("pay_1", "60.00", "k"))).refund();
        String leg = refund.legs().get(0).id();
        PaymentSucceeded other = PaymentSucceeded.builder(
                        "pay_2", payment.owner(), eur("1.00"), PaymentMethod.CARD, clock.instant())
                .build();
        matrix.events().publish(BillingEvent.of(other).withKey(leg + ".refunded"));
        TestNode.drive(matrix);
        assertThat(refunds.find(refund.id()).orElseThrow().status()).isEqualTo(RefundStatus.SUCCEEDED);
    }

    @Test
    void whatIsWrongWithTheWiringIsListedAtOnce() {
        Matrix matrix = TestNode.matrix(Stores.inMemory(clock), clock, bank.transport());
        assertThatThrownBy(() -> Refunds.on(matrix)
                        .provider(BankRefunds.sound())
                        .provider(BankRefunds.sound())
                        .callTimeout(Duration.ofMinutes(2))
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("named bank")
                .hasMessageContaining("call timeout");
        Matrix without = Matrix.builder().stores(Stores.inMemory(clock)).build();
        assertThatThrownBy(
                        () -> Refunds.on(without).provider(BankRefunds.sound()).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("transport");
    }
}
