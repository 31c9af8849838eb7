package dev.matrix.tax.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.Matrix;
import dev.matrix.core.StorageException;
import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.spi.TaxIdStore;
import dev.matrix.testkit.ManualClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which failure a run tells of, and whether its lease is left behind. */
@Tag("I3")
class RecheckFailureTest {

    private final Stores stores = Stores.inMemory();
    private final LeaseStore leases = stores.get(LeaseStore.class);
    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
    private final Matrix matrix = Matrix.builder().stores(stores).clock(clock).build();

    /** Rows can't be read: each call throws. */
    private static final TaxIdStore UNREADABLE = (TaxIdStore) Proxy.newProxyInstance(
            TaxIdStore.class.getClassLoader(), new Class<?>[] {TaxIdStore.class}, (proxy, method, arguments) -> {
                throw new StorageException("The rows can't be read.");
            });

    /** Leases that can't be given back. */
    private record Stuck(LeaseStore leases) implements LeaseStore {

        @Override
        public Optional<Lease> acquire(Tx tx, String key, String node, Instant now, Duration ttl) {
            return leases.acquire(tx, key, node, now, ttl);
        }

        @Override
        public boolean renew(Tx tx, Lease lease, Instant now, Duration ttl) {
            return leases.renew(tx, lease, now, ttl);
        }

        @Override
        public boolean holds(Tx tx, Lease lease) {
            return leases.holds(tx, lease);
        }

        @Override
        public void release(Tx tx, Lease lease) {
            throw new StorageException("The lease can't be given back.");
        }
    }

    private RecheckStep step(LeaseStore with) {
        Verifiers verifiers = new Verifiers(Map.of(), clock);
        Ledger unused = new Ledger(
                stores.transactions(), UNREADABLE, matrix.events(), new RecentRows(clock), null, (tx, id) -> List.of());
        return new RecheckStep(stores.transactions(), with, UNREADABLE, verifiers, unused, clock, "a");
    }

    @Test
    void theFirstFailureIsToldAndWhatFollowedItIsBesideIt() {
        RecheckStep step = step(new Stuck(leases));

        assertThatThrownBy(() -> step.run(clock.instant()))
                .hasMessage("The rows can't be read.")
                .satisfies(told -> assertThat(told.getSuppressed())
                        .singleElement()
                        .extracting(Throwable::getMessage)
                        .isEqualTo("The lease can't be given back."));
    }

    @Test
    void aFailedRunGivesItsLeaseBack() {
        assertThatThrownBy(() -> step(leases).run(clock.instant())).isInstanceOf(StorageException.class);

        assertThat(stores.transactions()
                        .<Optional<Lease>>returning(tx ->
                                leases.acquire(tx, RecheckStep.NAME, "b", clock.instant(), Duration.ofMinutes(1))))
                .isPresent();
    }
}
