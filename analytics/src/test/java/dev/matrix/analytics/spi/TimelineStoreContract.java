package dev.matrix.analytics.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a {@link TimelineStore} promises. */
public interface TimelineStoreContract extends StoreContract {

    Instant RECORDED = Instant.parse("2026-01-01T00:00:00.123456Z");

    private static VersionRow version(String eventId, int customer) {
        return new VersionRow(eventId, customer, RECORDED, "{\"subscription\":\"" + eventId + "\"}");
    }

    @Test
    default void anEventIsKeptOnce() {
        StoreUnderTest<TimelineStore> timelines = StoreUnderTest.of(this, TimelineStore.class);
        VersionRow first = version("evt_1", 1);
        VersionRow second = version("evt_2", 2);

        assertThat(timelines.<Set<String>>get((tx, store) -> store.insertVersions(tx, List.of(first, second))))
                .containsExactlyInAnyOrder("evt_1", "evt_2");
        assertThat(timelines.<Set<String>>get(
                        (tx, store) -> store.insertVersions(tx, List.of(version("evt_1", 9), version("evt_3", 2)))))
                .containsExactly("evt_3");
        assertThat(timelines.<List<VersionRow>>get((tx, store) -> store.versions(tx, List.of(1, 9))))
                .containsExactly(first);
        assertThat(timelines.<List<VersionRow>>get((tx, store) -> store.versions(tx, List.of(1, 2))))
                .hasSize(3)
                .contains(first, second);
        assertThat(timelines.<List<VersionRow>>get((tx, store) -> store.versions(tx, List.of())))
                .isEmpty();
    }

    @Test
    default void aRollbackKeepsNothing() {
        StoreUnderTest<TimelineStore> timelines = StoreUnderTest.of(this, TimelineStore.class);

        timelines.rollBack((tx, store) -> store.insertVersions(tx, List.of(version("evt_1", 1))));
        assertThat(timelines.<List<VersionRow>>get((tx, store) -> store.scan(tx, 0, 10)))
                .isEmpty();
    }

    @Test
    default void customersAreScannedWholeByNumber() {
        StoreUnderTest<TimelineStore> timelines = StoreUnderTest.of(this, TimelineStore.class);
        List<VersionRow> rows = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            rows.add(version("evt_" + i, 1 + i % 4));
        }
        timelines.run((tx, store) -> store.insertVersions(tx, rows));

        List<VersionRow> first = timelines.get((tx, store) -> store.scan(tx, 0, 3));
        assertThat(first).extracting(VersionRow::customer).containsExactly(1, 1, 1, 2, 2, 2, 3, 3, 3);
        List<VersionRow> rest = timelines.get((tx, store) -> store.scan(tx, 3, 3));
        assertThat(rest).extracting(VersionRow::customer).containsExactly(4, 4, 4);
        assertThat(timelines.<List<VersionRow>>get((tx, store) -> store.scan(tx, 4, 3)))
                .isEmpty();
    }

    @Test
    default void rejectedEventsAreCountedOnceEach() {
        StoreUnderTest<TimelineStore> timelines = StoreUnderTest.of(this, TimelineStore.class);

        timelines.run((tx, store) -> {
            store.reject(tx, "evt_1", "too_large", RECORDED);
            store.reject(tx, "evt_1", "too_large", RECORDED);
            store.reject(tx, "evt_2", "too_large", RECORDED);
            store.reject(tx, "evt_3", "out_of_range", RECORDED);
        });
        assertThat(timelines.<Map<String, Long>>get((tx, store) -> store.rejected(tx)))
                .isEqualTo(Map.of("too_large", 2L, "out_of_range", 1L));
    }

    /** So that two nodes never compute a customer's rollups from the same former versions. */
    @Test
    default void whoeverLocksACustomerSeesWhatTheOneBeforeAdded() {
        StoreUnderTest.assumeConcurrent(this);
        StoreUnderTest<TimelineStore> timelines = StoreUnderTest.of(this, TimelineStore.class);
        AnalyticsDirectory directory = timelines.stores().get(AnalyticsDirectory.class);
        TreeSet<Owner> owners = new TreeSet<>(List.of(Owner.user("alice")));
        timelines.run((tx, store) -> directory.numberCustomers(tx, owners));
        CountDownLatch locked = new CountDownLatch(1);
        OtherThread<List<VersionRow>> other = OtherThread.running(() -> {
            OtherThread.await(locked);
            return timelines.get((tx, store) -> {
                store.lockCustomers(tx, new TreeSet<>(List.of(1)));
                return store.versions(tx, List.of(1));
            });
        });

        timelines.run((tx, store) -> {
            store.lockCustomers(tx, new TreeSet<>(List.of(1)));
            locked.countDown();
            store.insertVersions(tx, List.of(version("evt_1", 1)));
        });
        assertThat(other.join()).containsExactly(version("evt_1", 1));
    }
}
