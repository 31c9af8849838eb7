package dev.matrix.security.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link AccessEpochStore} promises. */
public interface AccessEpochStoreContract extends StoreContract {

    @Test
    @Tag("G13")
    default void eachCommittedChangeRaisesItsSlotAlone() {
        StoreUnderTest<AccessEpochStore> epochs = StoreUnderTest.of(this, AccessEpochStore.class);
        epochs.run((tx, store) -> store.bump(tx, 7));
        epochs.run((tx, store) -> store.bump(tx, 7));
        epochs.run((tx, store) -> store.bump(tx, AccessEpochStore.PLATFORM));
        epochs.rollBack((tx, store) -> store.bump(tx, 7));

        assertThat(epochs.<Map<Integer, Long>>get((tx, store) -> store.all(tx)))
                .containsOnly(Map.entry(7, 2L), Map.entry(AccessEpochStore.PLATFORM, 1L));
    }

    @Test
    @Tag("SE63")
    default void anOpenChangeHoldsUpNeitherOtherSlotsNorReaders() {
        StoreUnderTest.assumeConcurrent(this);
        StoreUnderTest<AccessEpochStore> epochs = StoreUnderTest.of(this, AccessEpochStore.class);
        epochs.run((tx, store) -> {
            store.bump(tx, 7);
            OtherThread.running(() -> {
                        epochs.run((other, same) -> same.bump(other, AccessEpochStore.PLATFORM));
                        return true;
                    })
                    .join();
            Map<Integer, Long> seen = OtherThread.running(() -> epochs.get((other, same) -> same.all(other)))
                    .join();
            assertThat(seen).containsEntry(AccessEpochStore.PLATFORM, 1L);
            assertThat(seen.getOrDefault(7, 0L)).isZero();
        });
        assertThat(epochs.<Map<Integer, Long>>get((tx, store) -> store.all(tx))).containsEntry(7, 1L);
    }

    @Test
    @Tag("G13")
    default void noneOfManyChangesAtOnceIsLost() {
        StoreUnderTest<AccessEpochStore> epochs = StoreUnderTest.of(this, AccessEpochStore.class);
        List<OtherThread<Boolean>> threads = IntStream.range(0, 8)
                .mapToObj(i -> OtherThread.running(() -> {
                    epochs.run((tx, store) -> store.bump(tx, 3));
                    return true;
                }))
                .toList();
        threads.forEach(OtherThread::join);

        assertThat(epochs.<Map<Integer, Long>>get((tx, store) -> store.all(tx))).containsEntry(3, 8L);
    }
}
