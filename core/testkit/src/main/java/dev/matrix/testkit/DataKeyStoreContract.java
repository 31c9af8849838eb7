package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.DataKeyStore;
import dev.matrix.core.spi.DataKeyStore.DataKey;
import dev.matrix.core.spi.KeyRing.State;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a {@link DataKeyStore} promises. */
public interface DataKeyStoreContract extends StoreContract {

    private StoreUnderTest<DataKeyStore> keys() {
        return StoreUnderTest.of(this, DataKeyStore.class);
    }

    private static DataKey key(String purpose, int version, State state, byte[] wrapped) {
        return new DataKey(
                purpose,
                version,
                state,
                "kek:1",
                wrapped,
                StoreUnderTest.START,
                StoreUnderTest.START.plusSeconds(600),
                null);
    }

    private static DataKey active(int version, int seed) {
        return key("webhooks", version, State.ACTIVE, bytes(seed));
    }

    private static byte[] bytes(int seed) {
        return new byte[] {1, 0, (byte) seed, -1};
    }

    private static void assertRows(StoreUnderTest<DataKeyStore> keys, DataKey... expected) {
        List<DataKey> all = keys.get((tx, store) -> store.all(tx));
        assertThat(all).usingRecursiveFieldByFieldElementComparator().containsExactly(expected);
    }

    @Test
    default void versionsAreListedByPurposeAndVersionWithEveryByte() {
        StoreUnderTest<DataKeyStore> keys = keys();
        assertRows(keys);
        DataKey newest = key("webhooks", 10, State.PENDING, bytes(3));
        DataKey second = active(2, 2);
        DataKey first = active(1, 1).retired(StoreUnderTest.START).destroyed();
        DataKey other = key("subject-keys", 1, State.RETIRED, bytes(1));

        keys.run((tx, store) -> List.of(newest, second, first, other)
                .forEach(key -> assertThat(store.insertIfAbsent(tx, key)).isTrue()));

        assertRows(keys, other, first, second, newest);
    }

    @Test
    default void aTakenVersionIsNotInsertedAgain() {
        StoreUnderTest<DataKeyStore> keys = keys();
        DataKey first = active(1, 1);
        keys.run((tx, store) -> store.insertIfAbsent(tx, first));

        boolean inserted = keys.get((tx, store) -> store.insertIfAbsent(tx, active(1, 2)));

        assertThat(inserted).isFalse();
        assertRows(keys, first);
    }

    @Test
    default void ofNodesThatInsertAtOnceOneWins() {
        StoreUnderTest<DataKeyStore> keys = keys();
        CountDownLatch go = new CountDownLatch(1);
        List<OtherThread<Boolean>> nodes = IntStream.range(0, 4)
                .mapToObj(n -> OtherThread.running(() -> {
                    OtherThread.await(go);
                    return keys.get((tx, store) -> store.insertIfAbsent(tx, active(1, n)));
                }))
                .toList();

        go.countDown();

        assertThat(nodes.stream().filter(OtherThread::join)).hasSize(1);
        assertThat(keys.<Integer>get((tx, store) -> store.all(tx).size())).isEqualTo(1);
    }

    @Test
    default void aKeyIsReplacedOnlyInTheExpectedStateUnderTheExpectedKek() {
        StoreUnderTest<DataKeyStore> keys = keys();
        DataKey active = active(1, 1);
        DataKey retired = active(1, 9).retired(StoreUnderTest.START.plusSeconds(60));
        keys.run((tx, store) -> store.insertIfAbsent(tx, active));

        assertThat(keys.<Boolean>get((tx, store) -> store.replaceIf(tx, State.PENDING, "kek:1", retired)))
                .isFalse();
        assertThat(keys.<Boolean>get((tx, store) -> store.replaceIf(tx, State.ACTIVE, "kek:2", retired)))
                .isFalse();
        assertThat(keys.<Boolean>get((tx, store) -> store.replaceIf(tx, State.ACTIVE, "kek:1", active(2, 9))))
                .isFalse();
        assertRows(keys, active);

        assertThat(keys.<Boolean>get((tx, store) -> store.replaceIf(tx, State.ACTIVE, "kek:1", retired)))
                .isTrue();
        assertRows(keys, retired);
    }

    @Test
    default void aDestroyedVersionKeepsItsRowWithoutBytes() {
        StoreUnderTest<DataKeyStore> keys = keys();
        DataKey retired = active(1, 1).retired(StoreUnderTest.START.plusSeconds(60));
        keys.run((tx, store) -> store.insertIfAbsent(tx, retired));

        keys.run((tx, store) -> store.replaceIf(tx, State.RETIRED, "kek:1", retired.destroyed()));

        assertRows(keys, retired.destroyed());
    }

    @Test
    default void aRolledBackInsertLeavesNothing() {
        StoreUnderTest<DataKeyStore> keys = keys();

        keys.rollBack((tx, store) -> store.insertIfAbsent(tx, active(1, 1)));

        assertRows(keys);
    }
}
