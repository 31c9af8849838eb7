package dev.matrix.security.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.security.spi.TotpDeviceRow.State;
import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link SecondFactorStore} promises. */
public interface SecondFactorStoreContract extends StoreContract {

    Owner OWNER = Owner.user("u1");

    private static TotpDeviceRow device(String id, String subject) {
        return new TotpDeviceRow(
                id,
                OWNER,
                subject,
                "a@b",
                "A_NEWER_ONE",
                6,
                30,
                new byte[] {1, 2},
                State.PENDING,
                -1,
                0,
                1,
                StoreUnderTest.START,
                null);
    }

    @Test
    @Tag("G23")
    default void aDeviceIsReplacedByItsNextVersionAlone() {
        StoreUnderTest<SecondFactorStore> factors = StoreUnderTest.of(this, SecondFactorStore.class);
        TotpDeviceRow first = device("d1", "s1");
        TotpDeviceRow accepted = first.accepted(7, -2, StoreUnderTest.START.plusSeconds(9));
        factors.run((tx, store) -> store.insert(tx, first));
        factors.run((tx, store) -> {
            assertThat(store.replaceIfVersion(tx, accepted.burnt(9))).isFalse();
            assertThat(store.replaceIfVersion(tx, accepted)).isTrue();
            assertThat(store.replaceIfVersion(tx, accepted)).isFalse();
            assertThat(store.replaceIfVersion(tx, device("none", "s1").burnt(1)))
                    .isFalse();
        });
        TotpDeviceRow stored = factors.<List<TotpDeviceRow>>get((tx, store) -> store.devices(tx, OWNER, "s1"))
                .get(0);
        assertThat(stored).usingRecursiveComparison().isEqualTo(accepted);
    }

    @Test
    default void devicesAreThePersonsOwn() {
        StoreUnderTest<SecondFactorStore> factors = StoreUnderTest.of(this, SecondFactorStore.class);
        factors.run((tx, store) -> {
            store.insert(tx, device("d2", "s1"));
            store.insert(tx, device("d1", "s1"));
            store.insert(tx, device("d3", "s2"));
        });
        factors.run((tx, store) -> {
            assertThat(store.devices(tx, OWNER, "s1"))
                    .extracting(TotpDeviceRow::id)
                    .containsExactly("d1", "d2");
            assertThat(store.devices(tx, Owner.partner("u1"), "s1")).isEmpty();
            assertThat(store.after(tx, "d1", 9)).extracting(TotpDeviceRow::id).containsExactly("d2", "d3");
            assertThat(store.after(tx, null, 1)).extracting(TotpDeviceRow::id).containsExactly("d1");
            assertThat(store.delete(tx, OWNER, "s2", "d1")).isFalse();
            assertThat(store.delete(tx, OWNER, "s1", "d1")).isTrue();
            assertThat(store.delete(tx, OWNER, "s1", "d1")).isFalse();
        });
    }

    @Test
    @Tag("G24")
    default void whatIsCountedUnderTheGuardIsCountedOnce() {
        StoreUnderTest<SecondFactorStore> factors = StoreUnderTest.of(this, SecondFactorStore.class);
        assertThat(factors.<Optional<FactorGuardRow>>get((tx, store) -> store.guard(tx, OWNER, "s1")))
                .isEmpty();
        List<OtherThread<Boolean>> callers = IntStream.range(0, 8)
                .mapToObj(i -> OtherThread.running(() -> {
                    factors.run((tx, store) -> {
                        FactorGuardRow guard = store.lockGuard(tx, OWNER, "s1", StoreUnderTest.START);
                        store.saveGuard(
                                tx,
                                new FactorGuardRow(
                                        OWNER,
                                        "s1",
                                        guard.failures() + 1,
                                        StoreUnderTest.START,
                                        guard.level() + 2,
                                        guard.levelAt(),
                                        true));
                    });
                    return true;
                }))
                .toList();
        callers.forEach(OtherThread::join);
        assertThat(factors.<Optional<FactorGuardRow>>get((tx, store) -> store.guard(tx, OWNER, "s1")))
                .contains(new FactorGuardRow(OWNER, "s1", 8, StoreUnderTest.START, 16, StoreUnderTest.START, true));
        factors.rollBack((tx, store) -> store.lockGuard(tx, OWNER, "s2", StoreUnderTest.START));
        assertThat(factors.<Optional<FactorGuardRow>>get((tx, store) -> store.guard(tx, OWNER, "s2")))
                .isEmpty();
    }
}
