package dev.matrix.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.matrix.core.Owner;
import dev.matrix.core.event.spi.DispatchStore;
import dev.matrix.core.event.spi.EventStore;
import dev.matrix.core.event.spi.SubscriberStore;
import dev.matrix.core.spi.ApiPinStore;
import dev.matrix.core.spi.DataKeyStore;
import dev.matrix.core.spi.IdempotencyStore;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.SubjectKeyStore;
import dev.matrix.core.spi.Tx;
import dev.matrix.core.wire.ApiVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@link Stores} promise as a whole: that all are there, and that they share their transactions. */
public interface StoresContract extends StoreContract {

    /** The stores that the kernel itself needs. */
    List<Class<?>> OF_THE_KERNEL = List.of(
            ApiPinStore.class,
            DataKeyStore.class,
            DispatchStore.class,
            EventStore.class,
            IdempotencyStore.class,
            LeaseStore.class,
            SubjectKeyStore.class,
            SubscriberStore.class);

    /** Whose version is pinned in the tests. */
    Owner ACCOUNT = Owner.user("u_1");

    /** Nobody ships a store of this kind. */
    interface UnheardOfStore {}

    /** The same rows opened again, as after a restart; null where they end with the process: the default. */
    default @Nullable Stores opened(Stores before) {
        return null;
    }

    private static boolean take(Stores stores, Tx tx, String key) {
        return acquire(stores, tx, key).isPresent();
    }

    private static Optional<Lease> acquire(Stores stores, Tx tx, String key) {
        return stores.get(LeaseStore.class).acquire(tx, key, "a node", StoreUnderTest.START, Duration.ofSeconds(30));
    }

    @Test
    default void everyStoreOfTheKernelIsThere() {
        Stores stores = stores();

        for (Class<?> type : OF_THE_KERNEL) {
            Object store = stores.get(type);
            assertThat(store).isInstanceOf(type);
        }
    }

    @Test
    default void whatIsMissingIsNamedWithWhatToAdd() {
        Stores stores = stores();

        assertThatThrownBy(() -> stores.get(UnheardOfStore.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("UnheardOfStore")
                .hasMessageContaining("with(");
    }

    @Test
    default void replacingOneStoreChangesNeitherTheOthersNorTheOriginal() {
        Stores stores = stores();
        LeaseStore own = stores.get(LeaseStore.class);
        LeaseStore other = Stores.inMemory().get(LeaseStore.class);

        Stores changed = stores.with(LeaseStore.class, other);

        assertThat(changed.get(LeaseStore.class)).isSameAs(other);
        assertThat(changed.get(EventStore.class)).isSameAs(stores.get(EventStore.class));
        assertThat(changed.transactions()).isSameAs(stores.transactions());
        assertThat(changed.persistent()).isEqualTo(stores.persistent());
        assertThat(stores.get(LeaseStore.class)).isSameAs(own);
    }

    @Test
    default void aStoreThatIsAddedIsFound() {
        UnheardOfStore added = new UnheardOfStore() {};

        assertThat(stores().with(UnheardOfStore.class, added).get(UnheardOfStore.class))
                .isSameAs(added);
    }

    @Test
    default void whatTwoStoresWroteInOneTransactionIsThereOrNotTogether() {
        Stores stores = stores();
        ApiPinStore pins = stores.get(ApiPinStore.class);

        assertThatThrownBy(() -> stores.transactions().inTransaction(tx -> {
                    assertThat(take(stores, tx, "k")).isTrue();
                    pins.replace(tx, ACCOUNT, ApiVersion.FIRST, StoreUnderTest.START);
                    throw new IllegalStateException("undo both");
                }))
                .hasMessage("undo both");

        assertThat(stores.transactions().<Optional<ApiVersion>>returning(tx -> pins.find(tx, ACCOUNT)))
                .isEmpty();
        stores.transactions().inTransaction(tx -> {
            assertThat(take(stores, tx, "k")).isTrue();
            pins.replace(tx, ACCOUNT, ApiVersion.FIRST, StoreUnderTest.START);
        });
        assertThat(stores.transactions().<Optional<ApiVersion>>returning(tx -> pins.find(tx, ACCOUNT)))
                .hasValue(ApiVersion.FIRST);
        assertThat(stores.transactions().<Boolean>returning(tx -> take(stores, tx, "k")))
                .isFalse();
    }

    @Test
    default void onlyStoresThatEndWithTheProcessBringKeysThatDo() {
        Stores stores = stores();

        if (stores.persistent()) {
            assertThatThrownBy(() -> stores.get(KeyRing.Spec.class)).isInstanceOf(IllegalStateException.class);
        } else {
            assertThat(stores.get(KeyRing.Spec.class)).isNotNull();
        }
    }

    @Test
    default void persistentRowsAreThereAfterARestart() {
        Stores before = stores();
        assertThat(opened(before) != null)
                .as("opened(…) is given exactly where rows persist")
                .isEqualTo(before.persistent());
        assumeTrue(before.persistent(), "these rows end with the process");
        assertThat(before.transactions().<Boolean>returning(tx -> take(before, tx, "k")))
                .isTrue();

        Stores after = requireNonNull(opened(before));

        assertThat(after.transactions().<Boolean>returning(tx -> take(after, tx, "k")))
                .isFalse();
    }

    @Test
    default void closingTwiceIsClosingOnce() throws Exception {
        Stores stores = stores();

        stores.close();
        stores.close();
    }
}
