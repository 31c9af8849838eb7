package dev.matrix.refunds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ManualClock;
import java.time.Duration;
import java.util.List;

/** What stories about refunds share: a bank, one node, a payment, and time that is moved by hand. */
abstract class Flow {

    final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    final FakeBank bank = new FakeBank(clock);
    final Stores stores = Stores.inMemory(clock);
    final Matrix matrix = TestNode.matrix(stores, clock, bank.transport());

    abstract Refunds refunds();

    static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    static RefundRequest exact(String amount, String key) {
        return RefundRequest.of("pay_1", new RefundAmount.Exact(eur(amount)), RefundReason.CUSTOMER_REQUEST, key);
    }

    static Refund accepted(RefundOutcome outcome) {
        assertThat(outcome).isInstanceOf(RefundOutcome.Accepted.class);
        return ((RefundOutcome.Accepted) outcome).refund();
    }

    static RefusalCode refused(RefundOutcome outcome) {
        assertThat(outcome).isInstanceOf(RefundOutcome.Refused.class);
        return ((RefundOutcome.Refused) outcome).code();
    }

    final Refund now(Refund refund) {
        return refunds().find(refund.id()).orElseThrow();
    }

    final RefundablePayment payment() {
        return refunds().payments().find("pay_1").orElseThrow();
    }

    final List<Refund> all() {
        return refunds().page(RefundQuery.all(), PageRequest.first(100)).items();
    }

    final void after(Duration pause) {
        clock.advance(pause);
        TestNode.drive(matrix);
    }

    final List<BillingEvent> events(String type) {
        return matrix.events().page(EventQuery.all(), PageRequest.first(1_000)).items().stream()
                .filter(event -> event.type().name().equals(type))
                .toList();
    }

    /** The sum of all that is posted for the payment, in euros. */
    final Money posted() {
        return refunds().ledger().ofPayment("pay_1").stream()
                .map(RefundLedger.Posting::amount)
                .filter(amount -> amount.currency().code().equals("EUR"))
                .reduce(eur("0.00"), Money::plus);
    }
}
