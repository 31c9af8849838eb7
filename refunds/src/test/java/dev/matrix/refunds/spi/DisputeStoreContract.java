package dev.matrix.refunds.spi;

import static dev.matrix.refunds.spi.Rows.ALICE;
import static dev.matrix.refunds.spi.Rows.BOB;
import static dev.matrix.refunds.spi.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Stores;
import dev.matrix.refunds.spi.DisputeStore.DisputeRow;
import dev.matrix.refunds.spi.DisputeStore.Filter;
import dev.matrix.testkit.StoreContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link DisputeStore} promises. */
public interface DisputeStoreContract extends StoreContract {

    Duration LEASE = Duration.ofSeconds(90);

    private static DisputeRow dispute(String id, Owner owner, String payment, String ref) {
        return new DisputeRow(
                id, owner, payment, "bank", ref, "needs_response", NOW.plusSeconds(3_600), NOW, null, 0, "{}", 1);
    }

    @Test
    @Tag("R60")
    default void aProvidersReferenceIsOneDispute() {
        Stores stores = stores();
        DisputeStore disputes = stores.get(DisputeStore.class);
        stores.transactions().inTransaction(tx -> {
            assertThat(disputes.insert(tx, dispute("dsp_1", ALICE, "pay_1", "du_1")))
                    .isTrue();
            assertThat(disputes.insert(tx, dispute("dsp_2", BOB, "pay_2", "du_1")))
                    .isFalse();
            assertThat(disputes.insert(tx, dispute("dsp_3", BOB, "pay_1", "du_3")))
                    .isTrue();
            assertThat(disputes.find(tx, "dsp_1")).contains(dispute("dsp_1", ALICE, "pay_1", "du_1"));
            assertThat(disputes.find(tx, "dsp_2")).isEmpty();
            assertThat(disputes.byRef(tx, "bank", "du_1").map(DisputeRow::id)).contains("dsp_1");
            assertThat(disputes.byRef(tx, "other", "du_1")).isEmpty();
            assertThat(disputes.ofPayment(tx, "pay_1"))
                    .extracting(DisputeRow::id)
                    .containsExactly("dsp_1", "dsp_3");
        });
    }

    @Test
    @Tag("R37")
    default void aClaimLeasesTheOneDueLongestAndAnOldFenceChangesNothing() {
        Stores stores = stores();
        DisputeStore disputes = stores.get(DisputeStore.class);
        stores.transactions().inTransaction(tx -> {
            disputes.insert(tx, dispute("dsp_1", ALICE, "pay_1", "du_1"));
            assertThat(disputes.claimDue(tx, "bank", NOW.minusSeconds(1), LEASE))
                    .isEmpty();
            assertThat(disputes.claimDue(tx, "other", NOW, LEASE)).isEmpty();
            DisputeRow claimed = disputes.claimDue(tx, "bank", NOW, LEASE).orElseThrow();
            assertThat(claimed.fence()).isEqualTo(1);
            assertThat(claimed.leaseUntil()).isEqualTo(NOW.plus(LEASE));
            assertThat(disputes.claimDue(tx, "bank", NOW.plusSeconds(89), LEASE))
                    .isEmpty();
            assertThat(disputes.claim(tx, "dsp_1", NOW.plusSeconds(89), LEASE)).isEmpty();
            DisputeRow next =
                    disputes.claim(tx, "dsp_1", NOW.plusSeconds(90), LEASE).orElseThrow();
            assertThat(disputes.write(tx, claimed)).isFalse();
            DisputeRow won = new DisputeRow(
                    "dsp_1", ALICE, "pay_1", "bank", "du_1", "won", null, null, null, next.fence(), "{\"a\":1}", 1);
            assertThat(disputes.write(tx, won)).isTrue();
            assertThat(disputes.write(tx, won)).as("a stale version").isFalse();
            DisputeRow row = disputes.find(tx, "dsp_1").orElseThrow();
            assertThat(row.status()).isEqualTo("won");
            assertThat(row.version()).isEqualTo(2);
            assertThat(row.respondBy()).isNull();
            assertThat(disputes.claimDue(tx, "bank", NOW.plusSeconds(999), LEASE))
                    .isEmpty();
        });
    }

    @Test
    default void pagesAreFiltered() {
        Stores stores = stores();
        DisputeStore disputes = stores.get(DisputeStore.class);
        stores.transactions().inTransaction(tx -> {
            disputes.insert(tx, dispute("dsp_1", ALICE, "pay_1", "du_1"));
            disputes.insert(tx, dispute("dsp_2", BOB, "pay_2", "du_2"));
            for (Filter one : List.of(
                    new Filter(ALICE, null, null, null),
                    new Filter(null, "pay_1", "needs_response", NOW.plusSeconds(3_601)))) {
                assertThat(disputes.page(tx, one, PageRequest.first(9)).items())
                        .extracting(DisputeRow::id)
                        .containsExactly("dsp_1");
            }
            assertThat(disputes.page(tx, new Filter(null, null, null, NOW.plusSeconds(3_600)), PageRequest.first(9))
                            .items())
                    .isEmpty();
            var first = disputes.page(tx, new Filter(null, null, null, null), PageRequest.first(1));
            assertThat(disputes.page(tx, new Filter(null, null, null, null), new PageRequest(1, first.nextCursor()))
                            .items())
                    .extracting(DisputeRow::id)
                    .containsExactly("dsp_2");
        });
    }
}
