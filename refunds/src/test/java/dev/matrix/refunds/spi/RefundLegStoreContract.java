package dev.matrix.refunds.spi;

import static dev.matrix.refunds.spi.Rows.ALICE;
import static dev.matrix.refunds.spi.Rows.BOB;
import static dev.matrix.refunds.spi.Rows.NOW;
import static dev.matrix.refunds.spi.Rows.leg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.RefundAttemptStore.AttemptRow;
import dev.matrix.refunds.spi.RefundLegStore.LegChange;
import dev.matrix.refunds.spi.RefundLegStore.LegRow;
import dev.matrix.refunds.spi.RefundLegStore.ProviderShare;
import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link RefundLegStore} promises. */
public interface RefundLegStoreContract extends StoreContract {

    Duration LEASE = Duration.ofSeconds(90);

    private static List<String> claim(RefundLegStore legs, Tx tx, Instant now, int limit) {
        return legs.claimDue(tx, now, List.of(new ProviderShare("bank", limit)), LEASE).stream()
                .map(LegRow::id)
                .sorted()
                .toList();
    }

    @Test
    @Tag("R9")
    default void aClaimLeasesDueLegsAndRaisesTheFence() {
        Stores stores = stores();
        RefundLegStore legs = stores.get(RefundLegStore.class);
        stores.transactions().inTransaction(tx -> {
            legs.insert(tx, List.of(leg("rfl_1", ALICE, "pay_1", "cap_1", true)));
            assertThat(claim(legs, tx, NOW.minusSeconds(1), 8)).isEmpty();
            LegRow claimed = legs.claimDue(tx, NOW, List.of(new ProviderShare("bank", 8)), LEASE)
                    .get(0);
            assertThat(claimed.fence()).isEqualTo(1);
            assertThat(claimed.leaseUntil()).isEqualTo(NOW.plus(LEASE));
            assertThat(claim(legs, tx, NOW.plusSeconds(89), 8)).isEmpty();
            assertThat(claim(legs, tx, NOW.plusSeconds(90), 8)).containsExactly("rfl_1");
            assertThat(legs.find(tx, "rfl_1").orElseThrow().fence()).isEqualTo(2);
        });
    }

    @Test
    @Tag("R9")
    default void aWriteWithAnOldFenceChangesNothing() {
        Stores stores = stores();
        RefundLegStore legs = stores.get(RefundLegStore.class);
        stores.transactions().inTransaction(tx -> {
            legs.insert(tx, List.of(leg("rfl_1", ALICE, "pay_1", "cap_1", true)));
            claim(legs, tx, NOW, 8);
            LegChange change = new LegChange("rfl_1", "succeeded", "bk_1", null, null, "{\"x\":1}");
            assertThat(legs.settle(tx, change, 0)).isFalse();
            assertThat(legs.settle(tx, change, 1)).isTrue();
            LegRow row = legs.find(tx, "rfl_1").orElseThrow();
            assertThat(row.status()).isEqualTo("succeeded");
            assertThat(row.nextAt()).isNull();
            assertThat(row.leaseUntil()).isNull();
            assertThat(legs.byProviderRef(tx, "bank", "bk_1")).contains("rfl_1");
            assertThat(legs.byProviderRef(tx, "bank", "bk_2")).isEmpty();
            assertThat(claim(legs, tx, NOW.plusSeconds(999), 8)).isEmpty();
        });
    }

    @Test
    @Tag("R55")
    @Tag("A58")
    default void aSerialCaptureGivesOneLegAtATime() {
        Stores stores = stores();
        RefundLegStore legs = stores.get(RefundLegStore.class);
        stores.transactions().inTransaction(tx -> {
            legs.insert(
                    tx,
                    List.of(
                            leg("rfl_1", ALICE, "pay_1", "cap_1", true),
                            leg("rfl_2", ALICE, "pay_1", "cap_1", true),
                            leg("rfl_3", ALICE, "pay_1", "cap_2", true),
                            leg("rfl_4", ALICE, "pay_2", "cap_1", false),
                            leg("rfl_5", ALICE, "pay_2", "cap_1", false)));
            assertThat(claim(legs, tx, NOW, 8)).containsExactly("rfl_1", "rfl_3", "rfl_4", "rfl_5");
            assertThat(claim(legs, tx, NOW, 8)).as("while its capture is busy").isEmpty();
            legs.settle(tx, new LegChange("rfl_1", "succeeded", "bk_1", null, null, "{}"), 1);
            assertThat(claim(legs, tx, NOW, 8)).containsExactly("rfl_2");
        });
    }

    @Test
    @Tag("R55")
    @Tag("A58")
    default void oneOwnerTakesHalfAShareWhileOthersAreDue() {
        Stores stores = stores();
        RefundLegStore legs = stores.get(RefundLegStore.class);
        stores.transactions().inTransaction(tx -> {
            for (int i = 0; i < 40; i++) {
                legs.insert(tx, List.of(leg("rfl_a" + i, ALICE, "pay_a" + i, "cap_1", true)));
            }
            legs.insert(tx, List.of(leg("rfl_z1", BOB, "pay_z1", "cap_1", true)));
            List<String> first = claim(legs, tx, NOW, 4);
            assertThat(first).hasSize(4).contains("rfl_z1");
            assertThat(claim(legs, tx, NOW, 4)).as("nobody else is due").hasSize(4);
        });
    }

    @Test
    default void oneLegIsClaimedUnlessItIsLeased() {
        Stores stores = stores();
        RefundLegStore legs = stores.get(RefundLegStore.class);
        stores.transactions().inTransaction(tx -> {
            legs.insert(tx, List.of(leg("rfl_1", ALICE, "pay_1", "cap_1", true)));
            assertThat(legs.claim(tx, "rfl_1", NOW.minusSeconds(60), LEASE)).isPresent();
            assertThat(legs.claim(tx, "rfl_1", NOW, LEASE)).isEmpty();
            assertThat(legs.claim(tx, "rfl_2", NOW, LEASE)).isEmpty();
            assertThat(legs.claim(tx, "rfl_1", NOW.plusSeconds(30), LEASE)
                            .orElseThrow()
                            .fence())
                    .isEqualTo(2);
        });
    }

    @Test
    default void legsAndAttemptsAreListedInOrder() {
        Stores stores = stores();
        RefundLegStore legs = stores.get(RefundLegStore.class);
        stores.transactions().inTransaction(tx -> {
            legs.insert(
                    tx,
                    List.of(
                            leg("rfl_2", ALICE, "pay_1", "cap_1", true),
                            leg("rfl_1", ALICE, "pay_1", "cap_2", true),
                            leg("rfl_3", ALICE, "pay_2", "cap_2", true)));
            assertThat(legs.ofPayment(tx, "pay_1")).extracting(LegRow::id).containsExactly("rfl_1", "rfl_2");
            assertThat(legs.ofRefund(tx, "ref_rfl_3")).extracting(LegRow::id).containsExactly("rfl_3");
            RefundAttemptStore attempts = stores.get(RefundAttemptStore.class);
            AttemptRow one = new AttemptRow("rfl_1", 1, "rfl_1", "n1", NOW);
            AttemptRow two = new AttemptRow("rfl_1", 2, "rfl_1_2", "n2", NOW.plusSeconds(1));
            attempts.addAttempt(tx, one);
            attempts.addAttempt(tx, two);
            assertThat(attempts.attempts(tx, "rfl_1")).containsExactly(one, two);
            assertThat(attempts.forgetAttempts(tx, NOW, 10)).isZero();
            assertThat(attempts.forgetAttempts(tx, NOW.plusSeconds(1), 10)).isEqualTo(1);
            assertThat(attempts.attempts(tx, "rfl_1")).containsExactly(two);
        });
    }

    @Test
    @Tag("R9")
    default void twoClaimsAtOnceTakeDifferentLegs() {
        assumeTrue(concurrent());
        Stores stores = stores();
        RefundLegStore legs = stores.get(RefundLegStore.class);
        stores.transactions()
                .inTransaction(tx -> legs.insert(
                        tx,
                        List.of(
                                leg("rfl_1", ALICE, "pay_1", "cap_1", true),
                                leg("rfl_2", ALICE, "pay_1", "cap_1", true))));
        CountDownLatch claimed = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        OtherThread<List<String>> first =
                OtherThread.running(() -> stores.transactions().returning(tx -> {
                    List<String> mine = claim(legs, tx, NOW, 8);
                    claimed.countDown();
                    OtherThread.await(go);
                    return mine;
                }));
        OtherThread.await(claimed);
        OtherThread<List<String>> second =
                OtherThread.running(() -> stores.transactions().returning(tx -> claim(legs, tx, NOW, 8)));
        assertThat(second.join())
                .as("the leg is locked, and its capture takes one call at a time")
                .isEmpty();
        go.countDown();
        assertThat(first.join()).containsExactly("rfl_1");
    }
}
