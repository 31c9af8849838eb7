package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.LeaseStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a {@link LeaseStore} promises. */
public interface LeaseStoreContract extends StoreContract {

    private StoreUnderTest<LeaseStore> leases() {
        return StoreUnderTest.of(this, LeaseStore.class);
    }

    private static Instant at(long seconds) {
        return StoreUnderTest.START.plusSeconds(seconds);
    }

    private static Lease taken(StoreUnderTest<LeaseStore> leases, String node, long second) {
        return acquire(leases, node, second).orElseThrow();
    }

    private static Optional<Lease> acquire(StoreUnderTest<LeaseStore> leases, String node, long second) {
        return leases.get((tx, store) -> store.acquire(tx, "report", node, at(second), Duration.ofSeconds(30)));
    }

    @Test
    default void aFreeKeyIsTakenUntilNowPlusTtl() {
        assertThat(acquire(leases(), "a", 0)).hasValue(new Lease("report", "a", 1, at(30)));
    }

    @Test
    default void aHeldKeyIsRefusedToEverybodyEvenToItsHolder() {
        StoreUnderTest<LeaseStore> leases = leases();
        taken(leases, "a", 0);

        assertThat(acquire(leases, "b", 29)).isEmpty();
        assertThat(acquire(leases, "a", 29)).isEmpty();
    }

    @Test
    default void anEndedLeaseIsTakenOverWithAHigherToken() {
        StoreUnderTest<LeaseStore> leases = leases();
        Lease first = taken(leases, "a", 0);

        Lease second = taken(leases, "b", 30);

        assertThat(second).isEqualTo(new Lease("report", "b", first.token() + 1, at(60)));
        assertThat(leases.<Boolean>get((tx, store) -> store.holds(tx, first))).isFalse();
        assertThat(leases.<Boolean>get((tx, store) -> store.holds(tx, second))).isTrue();
        assertThat(leases.<Boolean>get((tx, store) -> store.renew(tx, first, at(31), Duration.ofSeconds(30))))
                .isFalse();
    }

    @Test
    default void keysAreIndependent() {
        StoreUnderTest<LeaseStore> leases = leases();
        taken(leases, "a", 0);

        Optional<Lease> other =
                leases.get((tx, store) -> store.acquire(tx, "other", "b", at(0), Duration.ofSeconds(30)));

        assertThat(other).isPresent();
    }

    @Test
    default void renewingMovesTheEndAndKeepsTheToken() {
        StoreUnderTest<LeaseStore> leases = leases();
        Lease lease = taken(leases, "a", 0);

        boolean renewed = leases.get((tx, store) -> store.renew(tx, lease, at(29), Duration.ofSeconds(30)));

        assertThat(renewed).isTrue();
        assertThat(acquire(leases, "b", 58)).isEmpty();
        assertThat(acquire(leases, "b", 59).orElseThrow().token()).isEqualTo(lease.token() + 1);
    }

    @Test
    default void anEndedLeaseIsNotRenewed() {
        StoreUnderTest<LeaseStore> leases = leases();
        Lease lease = taken(leases, "a", 0);

        assertThat(leases.<Boolean>get((tx, store) -> store.renew(tx, lease, at(30), Duration.ofSeconds(30))))
                .isFalse();
    }

    @Test
    default void aReleasedKeyIsFreeAtOnceAndItsTokensGoOnRising() {
        StoreUnderTest<LeaseStore> leases = leases();
        Lease lease = taken(leases, "a", 0);

        leases.run((tx, store) -> store.release(tx, lease));

        assertThat(leases.<Boolean>get((tx, store) -> store.holds(tx, lease))).isFalse();
        assertThat(leases.<Boolean>get((tx, store) -> store.renew(tx, lease, at(1), Duration.ofSeconds(30))))
                .isFalse();
        assertThat(taken(leases, "b", 1).token()).isEqualTo(lease.token() + 1);
    }

    @Test
    default void releasingALostLeaseChangesNothing() {
        StoreUnderTest<LeaseStore> leases = leases();
        Lease lost = taken(leases, "a", 0);
        Lease current = taken(leases, "b", 30);

        leases.run((tx, store) -> store.release(tx, lost));

        assertThat(leases.<Boolean>get((tx, store) -> store.holds(tx, current))).isTrue();
        assertThat(acquire(leases, "c", 31)).isEmpty();
    }

    @Test
    default void aRolledBackAcquisitionLeavesTheKeyFree() {
        StoreUnderTest<LeaseStore> leases = leases();

        leases.rollBack((tx, store) -> store.acquire(tx, "report", "a", at(0), Duration.ofSeconds(30)));

        assertThat(acquire(leases, "b", 0)).isPresent();
    }

    @Test
    default void ofConcurrentCallersExactlyOneWins() {
        StoreUnderTest<LeaseStore> leases = leases();
        for (int round = 0; round < 20; round++) {
            int second = round * 30;
            CountDownLatch go = new CountDownLatch(1);
            List<OtherThread<Boolean>> callers = IntStream.range(0, 4)
                    .mapToObj(n -> OtherThread.running(() -> {
                        OtherThread.await(go);
                        return acquire(leases, "n" + n, second).isPresent();
                    }))
                    .toList();
            go.countDown();

            assertThat(callers.stream().filter(OtherThread::join)).hasSize(1);
        }
    }

    @Test
    default void nobodyTakesOverWhileATransactionThatHoldsIsOpen() {
        StoreUnderTest.assumeConcurrent(this);
        StoreUnderTest<LeaseStore> leases = leases();
        Lease lease = taken(leases, "a", 0);
        CountDownLatch holding = new CountDownLatch(1);
        CountDownLatch trying = new CountDownLatch(1);
        OtherThread<Optional<Lease>> other = OtherThread.running(() -> {
            OtherThread.await(holding);
            return leases.get((tx, store) -> {
                trying.countDown();
                return store.acquire(tx, "report", "b", at(31), Duration.ofSeconds(30));
            });
        });

        leases.run((tx, store) -> {
            assertThat(store.holds(tx, lease)).isTrue();
            holding.countDown();
            OtherThread.await(trying);
            assertThat(store.holds(tx, lease)).isTrue();
            assertThat(store.renew(tx, lease, at(29), Duration.ofSeconds(30))).isTrue();
        });

        assertThat(other.join())
                .as("it waited for the row and then saw it renewed")
                .isEmpty();
    }
}
