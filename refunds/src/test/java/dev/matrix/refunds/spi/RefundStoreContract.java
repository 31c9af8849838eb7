package dev.matrix.refunds.spi;

import static dev.matrix.refunds.spi.Rows.ALICE;
import static dev.matrix.refunds.spi.Rows.BOB;
import static dev.matrix.refunds.spi.Rows.NOW;
import static dev.matrix.refunds.spi.Rows.refund;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.RefundStore.Filter;
import dev.matrix.refunds.spi.RefundStore.HistoryRow;
import dev.matrix.refunds.spi.RefundStore.RefundRow;
import dev.matrix.testkit.StoreContract;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link RefundStore} promises. */
public interface RefundStoreContract extends StoreContract {

    @Test
    @Tag("R48")
    default void aKeyIsAnOwnersWithinItsSpace() {
        Stores stores = stores();
        RefundStore refunds = stores.get(RefundStore.class);
        stores.transactions().inTransaction(tx -> {
            assertThat(refunds.insert(tx, refund("ref_1", ALICE, "k", "pay_1"))).isTrue();
            assertThat(refunds.insert(tx, refund("ref_2", ALICE, "k", "pay_1"))).isFalse();
            assertThat(refunds.insert(tx, refund("ref_3", BOB, "k", "pay_1"))).isTrue();
            assertThat(refunds.byKey(tx, ALICE, "host", "k").orElseThrow().id()).isEqualTo("ref_1");
            assertThat(refunds.byKey(tx, ALICE, "self", "k")).isEmpty();
            assertThat(refunds.find(tx, "ref_2")).isEmpty();
            assertThat(refunds.find(tx, "ref_1").orElseThrow().fingerprint()).containsExactly(1, 2);
        });
    }

    private static RefundRow with(RefundRow row, String status, String attention, @Nullable Instant dueAt) {
        return new RefundRow(
                row.id(),
                row.owner(),
                row.keySpace(),
                row.key(),
                row.fingerprint(),
                row.paymentId(),
                row.currency(),
                row.amount(),
                row.tax(),
                row.reason(),
                status,
                attention,
                dueAt,
                row.createdAt(),
                "{\"n\":1}",
                row.version() + 1);
    }

    @Test
    default void aReplacementNeedsTheVersionBefore() {
        Stores stores = stores();
        RefundStore refunds = stores.get(RefundStore.class);
        stores.transactions().inTransaction(tx -> {
            RefundRow row = refund("ref_1", ALICE, "k", "pay_1");
            refunds.insert(tx, row);
            RefundRow next = with(row, "unknown", "REVIEW,FUNDING", NOW);
            assertThat(refunds.replaceIfVersion(tx, next)).isTrue();
            assertThat(refunds.replaceIfVersion(tx, next)).isFalse();
            RefundRow stored = refunds.find(tx, "ref_1").orElseThrow();
            assertThat(stored.status()).isEqualTo("unknown");
            assertThat(stored.dueAt()).isEqualTo(NOW);
            assertThat(stored.document()).isEqualTo("{\"n\":1}");
        });
    }

    @Test
    default void pagesAreFilteredAndInIdOrder() {
        Stores stores = stores();
        RefundStore refunds = stores.get(RefundStore.class);
        stores.transactions().inTransaction(tx -> {
            refunds.insert(tx, refund("ref_2", ALICE, "k2", "pay_1"));
            RefundRow one = refund("ref_1", ALICE, "k1", "pay_2");
            refunds.insert(tx, one);
            refunds.replaceIfVersion(tx, with(one, "failed", "FUNDING,REVIEW", null));
            refunds.insert(tx, refund("ref_3", BOB, "k3", "pay_1"));
            assertThat(ids(refunds, tx, new Filter(null, null, null, null, null, null, null)))
                    .containsExactly("ref_1", "ref_2", "ref_3");
            assertThat(ids(refunds, tx, new Filter(ALICE, null, null, null, null, null, null)))
                    .containsExactly("ref_1", "ref_2");
            assertThat(ids(
                            refunds,
                            tx,
                            new Filter(null, "pay_1", "queued", "duplicate", null, NOW, NOW.plusSeconds(1))))
                    .containsExactly("ref_2", "ref_3");
            assertThat(ids(refunds, tx, new Filter(null, null, null, null, "REVIEW", null, null)))
                    .containsExactly("ref_1");
            assertThat(ids(refunds, tx, new Filter(null, null, null, null, "VIEW", null, null)))
                    .isEmpty();
            assertThat(ids(refunds, tx, new Filter(null, null, null, null, null, null, NOW)))
                    .isEmpty();
            assertThat(refunds.countByStatus(tx)).isEqualTo(Map.of("failed", 1L, "queued", 2L));
        });
    }

    private static List<String> ids(RefundStore refunds, Tx tx, Filter filter) {
        return refunds.page(tx, filter, PageRequest.first(10)).items().stream()
                .map(RefundRow::id)
                .toList();
    }

    @Test
    default void dueRefundsComeEarliestFirst() {
        Stores stores = stores();
        RefundStore refunds = stores.get(RefundStore.class);
        stores.transactions().inTransaction(tx -> {
            for (int i = 1; i <= 3; i++) {
                RefundRow row = refund("ref_" + i, ALICE, "k" + i, "pay_1");
                refunds.insert(tx, row);
                refunds.replaceIfVersion(tx, with(row, "scheduled", "", NOW.plusSeconds(10 - i)));
            }
            assertThat(refunds.due(tx, NOW.plusSeconds(8), 9)).containsExactly("ref_3", "ref_2");
            assertThat(refunds.due(tx, NOW.plusSeconds(9), 1)).containsExactly("ref_3");
        });
    }

    @Test
    default void historyCountsFromOneWithinARefund() {
        Stores stores = stores();
        RefundStore refunds = stores.get(RefundStore.class);
        stores.transactions().inTransaction(tx -> {
            refunds.addHistory(tx, new HistoryRow("ref_1", 0, NOW, "requested", null, "host", null));
            refunds.addHistory(tx, new HistoryRow("ref_1", 0, NOW, "succeeded", "rfl_1", null, "x"));
            refunds.addHistory(tx, new HistoryRow("ref_2", 0, NOW, "requested", null, null, null));
            assertThat(refunds.history(tx, "ref_1"))
                    .containsExactly(
                            new HistoryRow("ref_1", 1, NOW, "requested", null, "host", null),
                            new HistoryRow("ref_1", 2, NOW, "succeeded", "rfl_1", null, "x"));
        });
    }
}
