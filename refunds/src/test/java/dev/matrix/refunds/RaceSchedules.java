package dev.matrix.refunds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.ConflictException;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Stores;
import dev.matrix.refunds.spi.DisputeFacts;
import dev.matrix.refunds.spi.ProviderStand.Behaviour;
import dev.matrix.refunds.spi.ProviderStand.Execution;
import dev.matrix.refunds.spi.RefundLegStore;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.OtherThread;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Schedules of full, partial and prorated refunds, disputes, cancellations and refunds at the bank's desk, each against one payment
 * of 100.00, by real threads at once, while another thread works off what is due. None may return more than was captured.
 */
final class RaceSchedules {

    private static final int WORKERS = 4;
    private static final int OPERATIONS = 3;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Stores stores;
    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    private final FakeBank bank = new FakeBank(clock);
    private final FakeDisputes disputes = new FakeDisputes();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    RaceSchedules(Stores stores) {
        this.stores = stores;
    }

    private static Money eur(long cents) {
        return Money.ofMinor(cents, Money.of("0.00", "EUR").currency());
    }

    void run(int schedules) {
        try (Matrix matrix = TestNode.matrix(stores, clock, bank.transport())) {
            Refunds refunds = Refunds.on(matrix)
                    .provider(BankRefunds.sound().with(disputes, null))
                    .build();
            AtomicInteger next = new AtomicInteger();
            CountDownLatch done = new CountDownLatch(WORKERS);
            List<OtherThread<Integer>> workers = new ArrayList<>();
            for (int worker = 0; worker < WORKERS; worker++) {
                workers.add(OtherThread.running(() -> {
                    try {
                        return work(refunds, next, schedules);
                    } finally {
                        done.countDown();
                    }
                }));
            }
            while (done.getCount() > 0) {
                TestNode.drive(matrix);
            }
            workers.forEach(OtherThread::join);
            TestNode.drive(matrix);
            for (int i = 0; i < schedules; i++) {
                check(refunds, i);
            }
            assertThat(accepted.get()).as("the schedules decide something").isGreaterThan(schedules / 4);
            assertThat(refused.get()).as("and refuse something").isGreaterThan(schedules / 4);
        }
    }

    /** Takes one operation after the other; those of one schedule follow each other, so several workers are at one payment. */
    private int work(Refunds refunds, AtomicInteger next, int schedules) {
        int done = 0;
        for (int turn = next.getAndIncrement();
                turn < schedules * WORKERS * OPERATIONS;
                turn = next.getAndIncrement()) {
            int schedule = turn / (WORKERS * OPERATIONS);
            try {
                operate(refunds, schedule, new Random(turn));
            } catch (ConflictException raced) {
                // Another was faster; what it left is what counts.
                refused.incrementAndGet();
            }
            done++;
        }
        return done;
    }

    private static String payment(int schedule) {
        return "pay_" + schedule;
    }

    private void record(Refunds refunds, int schedule) {
        Capture capture = Capture.of("cpt_r" + schedule, eur(10_000), START);
        refunds.payments()
                .record(PaymentDraft.of(payment(schedule), Owner.user("u_" + schedule), "bank", capture)
                        .tax(eur(1_597), null)
                        .period(ServicePeriod.of(START, START.plus(Duration.ofDays(30)), ZoneOffset.UTC)));
    }

    private void operate(Refunds refunds, int schedule, Random chance) {
        record(refunds, schedule);
        String payment = payment(schedule);
        String key = "k" + chance.nextInt(6);
        switch (chance.nextInt(8)) {
            case 0 -> count(refunds.refundRemaining(payment, RefundReason.GOODWILL));
            case 1 ->
                count(refunds.prorate(
                        payment,
                        Proration.byDay(START.plus(Duration.ofDays(chance.nextInt(30)))),
                        RefundReason.PLAN_CHANGE));
            case 2 -> {
                DisputeStatus status = chance.nextBoolean() ? DisputeStatus.LOST : DisputeStatus.WON;
                refunds.disputes()
                        .record(
                                payment,
                                DisputeFacts.of("du_" + schedule, eur(2_000), "fraudulent", START)
                                        .withStatus(DisputeStage.CHARGEBACK, status, status.name()));
            }
            case 3 -> {
                String ref = bank.desk("cpt_r" + schedule, eur(500), "settled");
                refunds.receive("bank", FakeBank.told("evt_" + ref, START, "refund=," + ref + ",cpt_r" + schedule));
            }
            case 4 -> {
                bank.next(Behaviour.DROP_AFTER_EXECUTION);
                count(refunds.refund(exact(payment, 3_000, key)));
            }
            default -> count(refunds.refund(exact(payment, 1_000L + chance.nextInt(6_000), key)));
        }
    }

    private static RefundRequest exact(String payment, long cents, String key) {
        return RefundRequest.of(payment, new RefundAmount.Exact(eur(cents)), RefundReason.CUSTOMER_REQUEST, key);
    }

    private void count(RefundOutcome outcome) {
        (outcome instanceof RefundOutcome.Accepted ? accepted : refused).incrementAndGet();
    }

    private void check(Refunds refunds, int schedule) {
        String id = payment(schedule);
        RefundablePayment payment = refunds.payments().find(id).orElseThrow();
        List<Leg> legs = stores.transactions().returning(tx -> {
            return new Forms(JsonCodec.of(Currencies.iso()), Currencies.iso())
                    .legs(stores.get(RefundLegStore.class).ofPayment(tx, id));
        });
        Money own = sum(legs, leg -> leg.status().isLive() && !leg.document().outside());
        assertThat(own.compareTo(payment.captured()))
                .as("own refunds of %s", id)
                .isLessThanOrEqualTo(0);
        assertThat(payment.reserved())
                .as("reserved of %s", id)
                .isEqualTo(sum(legs, leg -> leg.status().isOpen()));
        assertThat(payment.refunded())
                .as("refunded of %s", id)
                .isEqualTo(sum(legs, leg -> leg.status() == LegStatus.SUCCEEDED));
        List<Execution> executed = bank.executions().stream()
                .filter(done -> done.captureRef().equals("cpt_r" + schedule)
                        && !done.ownReference().startsWith("desk_"))
                .toList();
        assertThat(executed).extracting(Execution::ownReference).doesNotHaveDuplicates();
        Money moved = executed.stream().map(Execution::amount).reduce(eur(0), Money::plus);
        assertThat(moved.compareTo(payment.captured())).as("executed of %s", id).isLessThanOrEqualTo(0);
    }

    private static Money sum(List<Leg> legs, Predicate<Leg> which) {
        return legs.stream().filter(which).map(Leg::amount).reduce(eur(0), Money::plus);
    }
}
