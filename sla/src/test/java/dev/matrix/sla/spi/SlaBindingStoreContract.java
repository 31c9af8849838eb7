package dev.matrix.sla.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.sla.spi.SlaBindingStore.BindingRow;
import dev.matrix.sla.spi.SlaBindingStore.Bound;
import dev.matrix.sla.spi.SlaBindingStore.SnapshotRow;
import dev.matrix.sla.spi.SlaBindingStore.SubscriptionRow;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an {@link SlaBindingStore} promises. */
public interface SlaBindingStoreContract extends StoreContract {

    Owner ADA = Owner.user("ada");
    Owner BOB = Owner.partner("bob");

    @Test
    default void aSubscriptionHasOneRowWhoseBindingsAreReplacedTogether() {
        StoreUnderTest<SlaBindingStore> store = StoreUnderTest.of(this, SlaBindingStore.class);
        SubscriptionRow a = store.get((tx, s) -> s.lock(tx, "sub_a", ADA));
        SubscriptionRow b = store.get((tx, s) -> s.lock(tx, "sub_b", BOB));

        assertThat(a.series()).isNotEqualTo(b.series());
        assertThat(store.<SubscriptionRow>get((tx, s) -> s.lock(tx, "sub_a", BOB)))
                .isEqualTo(a);
        long before = store.<Long>get((tx, s) -> s.version(tx));
        BindingRow first = new BindingRow("sub_a", 0, "host", "1");
        BindingRow second = new BindingRow("sub_a", 1, "host", "2");
        store.run((tx, s) -> s.replace(tx, a, List.of(first, second)));
        store.run((tx, s) -> {
            SubscriptionRow now = s.lock(tx, "sub_a", ADA);
            s.replace(tx, new SubscriptionRow(now.id(), now.series(), ADA, now.version(), 77L), List.of(second));
        });
        store.rollBack((tx, s) -> s.replace(tx, b, List.of(new BindingRow("sub_b", 0, "host", "3"))));

        Bound bound = store.<Optional<Bound>>get((tx, s) -> s.find(tx, "sub_a")).orElseThrow();
        assertThat(bound.bindings()).containsExactly(second);
        assertThat(bound.subscription().closedTo()).isEqualTo(77);
        assertThat(bound.subscription().owner()).isEqualTo(ADA);
        assertThat(store.<Long>get((tx, s) -> s.version(tx))).isEqualTo(before + 2);
        assertThat(store.<Optional<Bound>>get((tx, s) -> s.find(tx, "sub_c"))).isEmpty();
        assertThat(ids(store, null, PageRequest.first(1))).containsExactly("sub_a");
        assertThat(ids(store, null, PageRequest.after("sub_a", 5))).containsExactly("sub_b");
        assertThat(ids(store, BOB, PageRequest.first(5))).containsExactly("sub_b");
        Owner nobody = Owner.user("erased_1");
        assertThat(store.<Integer>get((tx, s) -> s.rename(tx, BOB, nobody))).isEqualTo(1);
        assertThat(ids(store, BOB, PageRequest.first(5))).isEmpty();
    }

    private static List<String> ids(StoreUnderTest<SlaBindingStore> store, @Nullable Owner owner, PageRequest page) {
        return store.get((tx, s) -> s.page(tx, owner, page)).items().stream()
                .map(each -> each.subscription().id())
                .toList();
    }

    @Test
    default void snapshotsAreKeptOnceInTheirOrder() {
        StoreUnderTest<SlaBindingStore> store = StoreUnderTest.of(this, SlaBindingStore.class);
        Instant start = StoreUnderTest.START;
        SnapshotRow later = new SnapshotRow("sub_a", start.plusSeconds(1), 0, "evt_a", "1");
        SnapshotRow second = new SnapshotRow("sub_a", start, 2, "evt_b", "2");
        SnapshotRow first = new SnapshotRow("sub_a", start, 1, "evt_c", "3");
        store.run((tx, s) -> List.of(later, second, first, second).forEach(row -> s.keep(tx, row)));

        assertThat(store.<List<SnapshotRow>>get((tx, s) -> s.snapshots(tx, "sub_a")))
                .containsExactly(first, second, later);
        assertThat(store.<List<SnapshotRow>>get((tx, s) -> s.snapshots(tx, "sub_b")))
                .isEmpty();
    }
}
