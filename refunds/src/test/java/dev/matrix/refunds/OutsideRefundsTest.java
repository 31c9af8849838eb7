package dev.matrix.refunds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.refunds.spi.PaymentStore;
import dev.matrix.refunds.spi.ProviderStand.Behaviour;
import dev.matrix.refunds.spi.ProviderStand.Finish;
import dev.matrix.refunds.spi.RefundFeed;
import dev.matrix.refunds.spi.Subject.RefundSubject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Refunds that the provider tells of: those made at its own desk, and news of Matrix's own. */
class OutsideRefundsTest extends Flow {

    private final List<RefundSubject> listed = new ArrayList<>();
    private final List<Instant> reads = new ArrayList<>();
    private final Refunds refunds = Refunds.on(matrix)
            .provider(BankRefunds.sound().with(null, (since, cursor, context) -> {
                reads.add(since);
                return new RefundFeed.FeedPage(listed, null);
            }))
            .build();
    private int told;

    @Override
    Refunds refunds() {
        return refunds;
    }

    private NotificationReceipt tell(String own, String ref, String capture) {
        return refunds.receive(
                "bank", FakeBank.told("evt_" + ++told, clock.instant(), "refund=" + own + "," + ref + "," + capture));
    }

    private Refund only() {
        return all().stream().filter(Refund::outside).findFirst().orElseThrow();
    }

    @Test
    @Tag("A11")
    @Tag("R17")
    @Tag("R20")
    @Tag("R21")
    void aRefundMadeAtTheDeskIsImportedEvenBeyondWhatWasCaptured() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        refunds.refund(exact("80.00", "k"));
        TestNode.drive(matrix);
        tell("", bank.desk("cpt_0", eur("30.00"), "settled"), "cpt_0");
        TestNode.drive(matrix);

        assertThat(only().status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(only().amount()).isEqualTo(eur("30.00"));
        assertThat(payment().refunded()).isEqualTo(eur("110.00"));
        assertThat(payment().refundable().isZero()).isTrue();
        assertThat(payment().attention()).containsExactly(Attention.OVER_REFUNDED);
        assertThat(events("payment.refunded")).hasSize(2);
        assertThat(posted().isZero()).isTrue();
        assertThat(refunds.history(only().id()))
                .extracting(RefundHistoryEntry::event)
                .containsExactly("imported", "succeeded");
    }

    @Test
    @Tag("A47")
    @Tag("R40")
    void eachImportHasItsOwnAmount() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        String three = bank.desk("cpt_0", eur("3.00"), "settled");
        String four = bank.desk("cpt_0", eur("4.00"), "settled");
        for (int again = 0; again < 2; again++) {
            tell("", three, "cpt_0");
            tell("", four, "cpt_0");
            TestNode.drive(matrix);
        }
        assertThat(all()).extracting(Refund::amount).containsExactlyInAnyOrder(eur("3.00"), eur("4.00"));
        assertThat(payment().refunded()).isEqualTo(eur("7.00"));
    }

    @Test
    @Tag("A60")
    @Tag("R56")
    @Tag("A11")
    @Tag("R17")
    void anImportWaitsWhileALegMayBeWhatWasFoundAndHoldsItsAmount() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        bank.next(Behaviour.DROP_BEFORE_EXECUTION);
        Refund own = accepted(refunds.refund(exact("10.00", "k")));
        TestNode.drive(matrix);
        assertThat(now(own).status()).isEqualTo(RefundStatus.UNKNOWN);
        tell("", bank.desk("cpt_0", eur("90.00"), "settled"), "cpt_0");
        TestNode.drive(matrix);

        assertThat(only().status()).isEqualTo(RefundStatus.PENDING);
        assertThat(payment().refundable().isZero()).isTrue();
        assertThat(payment().reserved()).isEqualTo(eur("100.00"));
        assertThat(payment().attention()).isEmpty();
        after(Duration.ofMinutes(6));
        after(Duration.ofMinutes(6));

        assertThat(now(own).status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(only().status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(payment().refunded()).isEqualTo(eur("100.00"));
        assertThat(payment().reserved().isZero()).isTrue();
    }

    @Test
    @Tag("A46")
    @Tag("A59")
    @Tag("R42")
    void aNotificationBeforeItsPaymentIsKeptAndLookedUpWhenThatIsRecorded() {
        String ref = bank.desk("cpt_0", eur("5.00"), "settled");
        assertThat(tell("", ref, "cpt_0")).isEqualTo(new NotificationReceipt.Verified(false));
        TestNode.drive(matrix);
        assertThat(all()).isEmpty();
        after(Duration.ofDays(20));

        TestNode.record(refunds, bank, "pay_1", "100.00");
        after(Duration.ofSeconds(10));
        assertThat(payment().refunded()).isEqualTo(eur("5.00"));

        String late = bank.desk("cpt_1", eur("6.00"), "settled");
        tell("", late, "cpt_1");
        TestNode.drive(matrix);
        stores.transactions().inTransaction(tx -> {
            // As if this had been written by a transaction that the look-up did not see.
            stores.get(PaymentStore.class).addCapture(tx, "bank", "cpt_x", "pay_1");
        });
        TestNode.record(refunds, bank, "pay_2", "100.00");
        after(Duration.ofMinutes(2));
        assertThat(refunds.payments().find("pay_2").orElseThrow().refunded()).isEqualTo(eur("6.00"));
    }

    @Test
    @Tag("R20")
    void whatNamesAnOwnLegLooksItUpAndBodyAndOrderMoveNothing() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        bank.next(Behaviour.ACCEPT_PENDING);
        Refund own = accepted(refunds.refund(exact("10.00", "k")));
        TestNode.drive(matrix);
        String leg = own.legs().get(0).id();
        tell(leg, "", "");
        TestNode.drive(matrix);
        assertThat(now(own).status()).as("the bank says it is pending").isEqualTo(RefundStatus.PENDING);
        bank.finish(leg, Finish.SETTLED);
        tell(leg, "", "");
        TestNode.drive(matrix);
        after(Duration.ofSeconds(1));
        assertThat(now(own).status()).isEqualTo(RefundStatus.SUCCEEDED);
        bank.finish(leg, Finish.FAILED);
        tell("", "bk_" + leg, "cpt_0");
        TestNode.drive(matrix);
        after(Duration.ofSeconds(1));
        assertThat(now(own).status()).isEqualTo(RefundStatus.FAILED);
        assertThat(all()).hasSize(1);
    }

    @Test
    @Tag("R17")
    void aLegThatCountedAsFailedAndWasPaidIsImported() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        bank.next(Behaviour.ACCEPT_PENDING);
        Refund own = accepted(refunds.refund(exact("10.00", "k")));
        TestNode.drive(matrix);
        String leg = own.legs().get(0).id();
        bank.finish(leg, Finish.FAILED);
        refunds.advance(own.id());
        assertThat(now(own).status()).isEqualTo(RefundStatus.FAILED);

        bank.finish(leg, Finish.SETTLED);
        tell(leg, "", "cpt_0");
        TestNode.drive(matrix);

        assertThat(now(own).status()).isEqualTo(RefundStatus.FAILED);
        assertThat(only().status()).isEqualTo(RefundStatus.SUCCEEDED);
        assertThat(payment().refunded()).isEqualTo(eur("10.00"));
    }

    @Test
    @Tag("R17")
    void aPendingDeskRefundIsLookedUpLikeAnyOther() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        String ref = bank.desk("cpt_0", eur("5.00"), "pending");
        tell("", ref, "cpt_0");
        TestNode.drive(matrix);
        assertThat(only().status()).isEqualTo(RefundStatus.PENDING);
        bank.finish(ref, Finish.SETTLED);
        after(Duration.ofHours(6));
        assertThat(only().status()).isEqualTo(RefundStatus.SUCCEEDED);
    }

    @Test
    @Tag("R20")
    @Tag("R56")
    void theFeedFindsWhatNoNotificationTold() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        String ref = bank.desk("cpt_0", eur("5.00"), "settled");
        listed.add(new RefundSubject(null, ref, "cpt_0"));
        after(Duration.ofHours(6));
        after(Duration.ofHours(6));
        assertThat(payment().refunded()).isEqualTo(eur("5.00"));
        assertThat(all()).hasSize(1);
        assertThat(reads.get(reads.size() - 1))
                .as("an overlap of two days")
                .isEqualTo(clock.instant().minus(Duration.ofHours(6)).minus(Duration.ofDays(2)));
    }

    @Test
    @Tag("R57")
    @Tag("R20")
    void whatIsNotTheProvidersIsRejectedAndARepetitionIsTold() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        InboundNotification sent = FakeBank.told("evt", clock.instant(), "refund=,x,cpt_0");
        assertThat(sent.toString()).doesNotContain("cpt_0");
        InboundNotification forged = new InboundNotification(Map.of(), sent.body(), sent.receivedAt());
        assertThat(refunds.receive("bank", forged)).isInstanceOf(NotificationReceipt.Rejected.class);
        assertThat(refunds.receive("bank", sent)).isEqualTo(new NotificationReceipt.Verified(false));
        assertThat(refunds.receive("bank", sent)).isEqualTo(new NotificationReceipt.Verified(true));
        assertThat(refunds.receive("manual", sent)).isInstanceOf(NotificationReceipt.Rejected.class);
        assertThatThrownBy(() -> refunds.receive("nobody", sent)).isInstanceOf(NotFoundException.class);
        assertThat(refunds.receive("bank", FakeBank.told("evt", clock.instant(), "refund=,a b,c")))
                .isInstanceOf(NotificationReceipt.Rejected.class);
        assertThat(refunds.receive("bank", FakeBank.told("e0", clock.instant())))
                .isEqualTo(new NotificationReceipt.Verified(false));
    }

    @Test
    @Tag("R54")
    void anUnreadableImportIsFlaggedAndNotBooked() {
        TestNode.record(refunds, bank, "pay_1", "100.00");
        String ref = bank.desk("cpt_other", eur("5.00"), "settled");
        tell("", ref, "cpt_0");
        TestNode.drive(matrix);
        assertThat(all()).isEmpty();
        assertThat(payment().attention()).containsExactly(Attention.REVIEW);
        assertThat(events("refund.attention_required").get(0).owner()).isEqualTo(Owner.platform());
    }
}
