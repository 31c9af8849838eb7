package dev.matrix.refunds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.StoreContract;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Races for one payment with real threads, on each storage. */
public interface RefundRaces extends StoreContract {

    private static List<RefundOutcome> atOnce(int threads, Function<Integer, RefundOutcome> work) {
        CountDownLatch go = new CountDownLatch(1);
        List<OtherThread<RefundOutcome>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            all.add(OtherThread.running(() -> {
                OtherThread.await(go);
                return work.apply(number);
            }));
        }
        go.countDown();
        return all.stream().map(OtherThread::join).toList();
    }

    private static RefundRequest exact(String payment, String amount, String key) {
        return RefundRequest.of(
                payment, new RefundAmount.Exact(Money.of(amount, "EUR")), RefundReason.CUSTOMER_REQUEST, key);
    }

    @Test
    @Tag("A1")
    @Tag("A2")
    @Tag("R4")
    @Tag("R5")
    default void whoeverRacesForOnePaymentNeverGetsMoreThanItHas() {
        ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
        FakeBank bank = new FakeBank(clock);
        try (Matrix matrix = TestNode.matrix(stores(), clock, bank.transport())) {
            Refunds refunds = Refunds.on(matrix).provider(BankRefunds.sound()).build();
            TestNode.record(refunds, bank, "pay_1", "100.00");
            TestNode.record(refunds, bank, "pay_2", "100.00");
            TestNode.record(refunds, bank, "pay_3", "100.00");

            List<RefundOutcome> large = atOnce(8, i -> refunds.refund(exact("pay_1", "60.00", "k" + i)));
            assertThat(large)
                    .filteredOn(RefundOutcome.Accepted.class::isInstance)
                    .hasSize(1);
            assertThat(large)
                    .filteredOn(RefundOutcome.Refused.class::isInstance)
                    .allMatch(no -> ((RefundOutcome.Refused) no).code() == RefusalCode.AMOUNT_EXCEEDS_REFUNDABLE)
                    .hasSize(7);

            List<RefundOutcome> small = atOnce(16, i -> refunds.refund(exact("pay_2", "10.00", "s" + i)));
            assertThat(small)
                    .filteredOn(RefundOutcome.Accepted.class::isInstance)
                    .hasSize(10);
            assertThat(refunds.payments()
                            .find("pay_2")
                            .orElseThrow()
                            .refundable()
                            .isZero())
                    .isTrue();

            List<RefundOutcome> same = atOnce(16, i -> refunds.refund(exact("pay_3", "60.00", "same")));
            assertThat(same).allMatch(RefundOutcome.Accepted.class::isInstance);
            assertThat(same)
                    .filteredOn(one -> !((RefundOutcome.Accepted) one).replayed())
                    .hasSize(1);
            TestNode.drive(matrix);
            assertThat(bank.executions())
                    .filteredOn(e -> e.amount().equals(Money.of("60.00", "EUR")))
                    .hasSize(2);
            assertThat(bank.executions()).hasSize(12);
        }
    }

    @Test
    @Tag("A55")
    @Tag("R51")
    @Tag("R3")
    default void aRefusalLeavesTheHostsTransactionUsable() {
        ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
        FakeBank bank = new FakeBank(clock);
        try (Matrix matrix = TestNode.matrix(stores(), clock, bank.transport())) {
            Refunds refunds = Refunds.on(matrix).provider(BankRefunds.sound()).build();
            TestNode.record(refunds, bank, "pay_1", "100.00");
            refunds.refund(exact("pay_1", "10.00", "taken"));
            Capture capture = Capture.of("c_later", Money.of("5.00", "EUR"), clock.instant());

            matrix.transactions().inTransaction(tx -> {
                assertThat(refunds.refund(tx, exact("pay_1", "11.00", "taken")))
                        .isInstanceOf(RefundOutcome.Refused.class);
                assertThat(refunds.refund(tx, exact("pay_1", "90.01", "k2"))).isInstanceOf(RefundOutcome.Refused.class);
                assertThatThrownBy(() -> exact("pay_1", "1" + "0".repeat(31), "k3"))
                        .isInstanceOf(InvalidRequestException.class);
                assertThatThrownBy(() -> exact("pay_1", "1.00", "k4").withNote("a\0b"))
                        .isInstanceOf(InvalidRequestException.class);
                refunds.payments().record(tx, PaymentDraft.of("pay_later", Owner.user("u_42"), "bank", capture));
            });

            assertThat(refunds.payments().find("pay_later")).isPresent();
            assertThat(refunds.payments().find("pay_1").orElseThrow().reserved())
                    .isEqualTo(Money.of("10.00", "EUR"));
        }
    }

    @Test
    @Tag("R2")
    @Tag("R17")
    default void mixedSchedulesNeverReturnTooMuch() {
        new RaceSchedules(stores()).run(concurrent() ? 100 : 30);
    }

    @Test
    @Tag("R2")
    @Tag("long")
    default void tenThousandMixedSchedulesNeverReturnTooMuch() {
        assumeTrue(concurrent());
        new RaceSchedules(stores()).run(10_000);
    }
}
