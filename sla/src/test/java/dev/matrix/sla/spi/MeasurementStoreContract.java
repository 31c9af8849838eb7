package dev.matrix.sla.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.sla.spi.MeasurementStore.BatchKey;
import dev.matrix.sla.spi.MeasurementStore.BatchMark;
import dev.matrix.sla.spi.MeasurementStore.BatchRow;
import dev.matrix.sla.spi.MeasurementStore.HourRow;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link MeasurementStore} promises. */
public interface MeasurementStoreContract extends StoreContract {

    private static BatchRow batch(String source, long minute, long revision) {
        return new BatchRow(new BatchKey(source, minute, 3, 0), revision, new byte[] {1, (byte) revision});
    }

    private static List<BatchMark> open(StoreUnderTest<MeasurementStore> store) {
        return store.get((tx, s) -> s.marks(tx, 3, Long.MIN_VALUE, Long.MAX_VALUE, true));
    }

    @Test
    @Tag("S45")
    default void aBatchIsReplacedByALaterRevisionAlone() {
        StoreUnderTest<MeasurementStore> store = StoreUnderTest.of(this, MeasurementStore.class);
        BatchKey key = batch("a", 60, 1).key();
        store.run((tx, s) -> s.putBatches(tx, List.of(batch("a", 60, 2), batch("b", 61, 1))));
        store.run((tx, s) -> s.putBatches(tx, List.of(batch("a", 60, 1))));

        BatchRow kept = store.get((tx, s) -> s.batches(tx, List.of(key))).get(0);
        assertThat(kept.revision()).isEqualTo(2);
        assertThat(kept.counts()).containsExactly(1, 2);
        assertThat(open(store)).extracting(mark -> mark.key().source()).containsExactly("a", "b");
        store.run((tx, s) -> s.putBatches(tx, List.of(batch("a", 60, 3))));
        assertThat(store.<List<BatchRow>>get((tx, s) -> s.batches(tx, List.of(key)))
                        .get(0)
                        .revision())
                .isEqualTo(3);
        assertThat(store.<List<BatchRow>>get((tx, s) -> s.batches(tx, List.of())))
                .isEmpty();
    }

    @Test
    @Tag("S45")
    default void aBatchThatWasRewrittenSinceItWasFoldedStaysOpen() {
        StoreUnderTest<MeasurementStore> store = StoreUnderTest.of(this, MeasurementStore.class);
        store.run((tx, s) -> s.putBatches(tx, List.of(batch("a", 60, 1), batch("b", 61, 1))));
        List<BatchMark> read = open(store);
        store.run((tx, s) -> s.putBatches(tx, List.of(batch("a", 60, 2))));
        store.run((tx, s) -> s.fold(tx, 3, List.of(new HourRow(7, 1, new byte[] {5})), Map.of(1L, -1L), read));

        assertThat(open(store)).extracting(mark -> mark.key().source()).containsExactly("a");
        assertThat(store.<List<BatchMark>>get((tx, s) -> s.marks(tx, 3, 61, 62, false)))
                .extracting(BatchMark::open)
                .containsExactly(false);
        assertThat(store.<List<HourRow>>get((tx, s) -> s.hours(tx, 7, 0, 2))
                        .get(0)
                        .counts())
                .containsExactly(5);
        assertThat(store.<Map<Long, Long>>get((tx, s) -> s.observed(tx, 3, 0, 9)))
                .isEqualTo(Map.of(1L, -1L));
    }

    @Test
    default void hoursAreReplacedAndFoundBySpan() {
        StoreUnderTest<MeasurementStore> store = StoreUnderTest.of(this, MeasurementStore.class);
        for (int hour = 1; hour <= 3; hour++) {
            long each = hour;
            store.run((tx, s) -> s.fold(
                    tx, 3, List.of(new HourRow(7, each, new byte[] {(byte) each})), Map.of(each, 1L), List.of()));
        }
        store.run((tx, s) -> s.fold(tx, 3, List.of(new HourRow(7, 2, new byte[] {9})), Map.of(2L, 3L), List.of()));

        assertThat(store.<List<HourRow>>get((tx, s) -> s.hours(tx, 7, 2, 4)))
                .extracting(row -> row.counts()[0])
                .containsExactly((byte) 9, (byte) 3);
        assertThat(store.<Map<Long, Long>>get((tx, s) -> s.observed(tx, 3, 2, 3)))
                .isEqualTo(Map.of(2L, 3L));
        assertThat(store.<List<HourRow>>get((tx, s) -> s.hours(tx, 8, 0, 9))).isEmpty();
    }

    @Test
    default void aWatermarkIsSetForwardsAndBack() {
        StoreUnderTest<MeasurementStore> store = StoreUnderTest.of(this, MeasurementStore.class);

        assertThat(store.<Long>get((tx, s) -> s.watermark(tx, 3))).isEqualTo(Long.MIN_VALUE);
        for (long minute : new long[] {70, 60}) {
            store.run((tx, s) -> s.watermark(tx, 3, minute));
            assertThat(store.<Long>get((tx, s) -> s.watermark(tx, 3))).isEqualTo(minute);
        }
    }

    @Test
    @Tag("S11")
    default void aRemoteBatchIsNotedOnce() {
        StoreUnderTest<MeasurementStore> store = StoreUnderTest.of(this, MeasurementStore.class);

        assertThat(see(store, "a", "one")).isEmpty();
        assertThat(see(store, "a", "other")).contains("one");
        assertThat(see(store, "b", "other")).isEmpty();
    }

    private static Optional<String> see(StoreUnderTest<MeasurementStore> store, String source, String fingerprint) {
        return store.get(
                (tx, s) -> s.see(tx, source, "batch", fingerprint, StoreUnderTest.START.plus(Duration.ofDays(70))));
    }

    @Test
    default void purgingTakesOldHoursFoldedBatchesAndEndedNotes() {
        StoreUnderTest<MeasurementStore> store = StoreUnderTest.of(this, MeasurementStore.class);
        store.run((tx, s) -> s.putBatches(tx, List.of(batch("a", 60, 1), batch("b", 60, 1), batch("c", 600, 1))));
        List<BatchMark> first = open(store).subList(0, 1);
        store.run((tx, s) -> s.fold(
                tx, 3, List.of(new HourRow(7, 1, new byte[] {1}), new HourRow(7, 9, new byte[] {1})), Map.of(), first));
        see(store, "a", "one");

        int gone = store.get((tx, s) -> s.purge(tx, 5, 100, StoreUnderTest.START.plus(Duration.ofDays(71)), 100));

        assertThat(gone).isEqualTo(3);
        assertThat(store.<List<BatchMark>>get((tx, s) -> s.marks(tx, 3, 0, 1_000, false)))
                .extracting(mark -> mark.key().source())
                .containsExactly("b", "c");
        assertThat(store.<List<HourRow>>get((tx, s) -> s.hours(tx, 7, 0, 10))).hasSize(1);
        assertThat(see(store, "a", "two")).isEmpty();
    }
}
