package dev.matrix.refunds.spi;

import static dev.matrix.refunds.spi.Rows.ALICE;
import static dev.matrix.refunds.spi.Rows.BOB;
import static dev.matrix.refunds.spi.Rows.amount;
import static dev.matrix.refunds.spi.Rows.payment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Stores;
import dev.matrix.refunds.spi.PaymentStore.BalanceChange;
import dev.matrix.refunds.spi.PaymentStore.PaymentRow;
import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.StoreContract;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link PaymentStore} promises. */
public interface PaymentStoreContract extends StoreContract {

    private static BalanceChange reserve(String amount) {
        return BalanceChange.reservation(amount(amount), amount("0"));
    }

    @Test
    default void aPaymentIsInsertedOnceAndFound() {
        Stores stores = stores();
        PaymentStore payments = stores.get(PaymentStore.class);
        stores.transactions().inTransaction(tx -> {
            assertThat(payments.insert(tx, payment("pay_1", ALICE, "100"))).isTrue();
            assertThat(payments.insert(tx, payment("pay_1", BOB, "7"))).isFalse();
            PaymentRow found = payments.find(tx, "pay_1").orElseThrow();
            assertThat(found.owner()).isEqualTo(ALICE);
            assertThat(found.captured()).isEqualByComparingTo("100");
            assertThat(found.subscriptionId()).isEqualTo("sub_1");
            assertThat(payments.find(tx, "pay_2")).isEmpty();
        });
    }

    @Test
    default void aCaptureBelongsToOnePayment() {
        Stores stores = stores();
        PaymentStore payments = stores.get(PaymentStore.class);
        stores.transactions().inTransaction(tx -> {
            assertThat(payments.addCapture(tx, "bank", "c1", "pay_1")).isTrue();
            assertThat(payments.addCapture(tx, "bank", "c1", "pay_2")).isFalse();
            assertThat(payments.addCapture(tx, "other", "c1", "pay_2")).isTrue();
            assertThat(payments.paymentOf(tx, "bank", "c1")).contains("pay_1");
            assertThat(payments.paymentOf(tx, "bank", "c2")).isEmpty();
        });
    }

    @Test
    @Tag("R4")
    default void aReservationBeyondWhatIsLeftChangesNothing() {
        Stores stores = stores();
        PaymentStore payments = stores.get(PaymentStore.class);
        stores.transactions().inTransaction(tx -> {
            payments.insert(tx, payment("pay_1", ALICE, "100"));
            assertThat(payments.apply(tx, "pay_1", 1, reserve("60"))).isTrue();
            assertThat(payments.apply(tx, "pay_1", 2, reserve("40.01"))).isFalse();
            assertThat(payments.apply(tx, "pay_1", 1, reserve("1")))
                    .as("a stale version")
                    .isFalse();
            assertThat(payments.apply(tx, "pay_1", 2, reserve("40"))).isTrue();
            PaymentRow row = payments.find(tx, "pay_1").orElseThrow();
            assertThat(row.reserved()).isEqualByComparingTo("100");
            assertThat(row.version()).isEqualTo(3);
        });
    }

    @Test
    @Tag("R17")
    @Tag("R27")
    default void whatIsNotGuardedMayGoBelowZeroAndADisputeHoldsBackWhatIsLeft() {
        Stores stores = stores();
        PaymentStore payments = stores.get(PaymentStore.class);
        stores.transactions().inTransaction(tx -> {
            payments.insert(tx, payment("pay_1", ALICE, "100"));
            BalanceChange disputed = BalanceChange.none().dispute(amount("70"));
            assertThat(payments.apply(tx, "pay_1", 1, disputed)).isTrue();
            assertThat(payments.apply(tx, "pay_1", 2, reserve("30.01"))).isFalse();
            BalanceChange found = BalanceChange.none().refund(amount("90"), amount("0"), amount("0"));
            assertThat(payments.apply(tx, "pay_1", 2, found)).isTrue();
            PaymentRow row = payments.find(tx, "pay_1").orElseThrow();
            assertThat(row.disputed()).isEqualByComparingTo("70");
            assertThat(row.left()).isEqualByComparingTo("-60");
        });
    }

    @Test
    @Tag("R46")
    default void aSubscriptionsPaymentsComeNewestFirst() {
        Stores stores = stores();
        PaymentStore payments = stores.get(PaymentStore.class);
        stores.transactions().inTransaction(tx -> {
            payments.insert(tx, payment("pay_1", ALICE, "1"));
            payments.insert(tx, payment("pay_2", ALICE, "1"));
            payments.insert(tx, payment("pay_3", BOB, "1"));
            assertThat(payments.ofSubscription(tx, ALICE, "sub_1", 9))
                    .extracting(PaymentRow::id)
                    .containsExactly("pay_2", "pay_1");
            assertThat(payments.ofSubscription(tx, ALICE, "sub_1", 1)).hasSize(1);
            assertThat(payments.ofSubscription(tx, ALICE, "sub_2", 9)).isEmpty();
        });
    }

    @Test
    @Tag("A12")
    default void amountsAreExactToTheLastDigit() {
        Stores stores = stores();
        PaymentStore payments = stores.get(PaymentStore.class);
        stores.transactions().inTransaction(tx -> {
            payments.insert(tx, payment("pay_wei", ALICE, "123456789012345678901234567.000000000000000001"));
            payments.apply(tx, "pay_wei", 1, reserve("0.000000000000000001"));
            PaymentRow row = payments.find(tx, "pay_wei").orElseThrow();
            assertThat(row.captured()).isEqualByComparingTo("123456789012345678901234567.000000000000000001");
            assertThat(row.reserved()).isEqualByComparingTo("0.000000000000000001");
        });
    }

    @Test
    default void describingReplacesAttentionAndDocumentAlone() {
        Stores stores = stores();
        PaymentStore payments = stores.get(PaymentStore.class);
        stores.transactions().inTransaction(tx -> {
            payments.insert(tx, payment("pay_1", ALICE, "100"));
            assertThat(payments.describe(tx, "pay_1", 1, "REVIEW", "{\"a\":1}")).isTrue();
            assertThat(payments.describe(tx, "pay_1", 1, "", "{}")).isFalse();
            PaymentRow row = payments.find(tx, "pay_1").orElseThrow();
            assertThat(row.attention()).isEqualTo("REVIEW");
            assertThat(row.captured()).isEqualByComparingTo("100");
        });
    }

    @Test
    default void pagesAreInIdOrderAndAnOwnersAlone() {
        Stores stores = stores();
        PaymentStore payments = stores.get(PaymentStore.class);
        stores.transactions().inTransaction(tx -> {
            payments.insert(tx, payment("pay_2", ALICE, "1"));
            payments.insert(tx, payment("pay_1", BOB, "1"));
            payments.insert(tx, payment("pay_3", ALICE, "1"));
            Page<PaymentRow> first = payments.page(tx, null, PageRequest.first(2));
            assertThat(first.items()).extracting(PaymentRow::id).containsExactly("pay_1", "pay_2");
            assertThat(payments.page(tx, null, new PageRequest(2, first.nextCursor()))
                            .items())
                    .extracting(PaymentRow::id)
                    .containsExactly("pay_3");
            assertThat(payments.page(tx, ALICE, PageRequest.first(9)).items()).hasSize(2);
        });
    }

    @Test
    @Tag("R2")
    default void aLockedPaymentIsWaitedFor() {
        assumeTrue(concurrent());
        Stores stores = stores();
        PaymentStore payments = stores.get(PaymentStore.class);
        stores.transactions().inTransaction(tx -> payments.insert(tx, payment("pay_1", ALICE, "100")));
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        OtherThread<Boolean> first =
                OtherThread.running(() -> stores.transactions().<Boolean>returning(tx -> {
                    long version = payments.lock(tx, "pay_1").orElseThrow().version();
                    locked.countDown();
                    OtherThread.await(go);
                    return payments.apply(tx, "pay_1", version, reserve("60"));
                }));
        OtherThread.await(locked);
        OtherThread<PaymentRow> second = OtherThread.running(() ->
                stores.transactions().returning(tx -> payments.lock(tx, "pay_1").orElseThrow()));
        go.countDown();
        assertThat(first.join()).isTrue();
        assertThat(second.join().reserved()).isEqualByComparingTo("60");
    }
}
