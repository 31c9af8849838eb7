package dev.matrix.money.memory;

import dev.matrix.core.spi.Stores;
import dev.matrix.money.spi.CurrencyPreferenceStoreContract;
import dev.matrix.money.spi.FxSnapshotStoreContract;
import dev.matrix.money.spi.FxSourceStoreContract;
import dev.matrix.testkit.StoreContract;
import org.junit.jupiter.api.Nested;

/** The in-memory stores keep every contract; their transactions run one at a time. */
class MemoryMoneyStoresTest {

    interface InMemory extends StoreContract {

        @Override
        default Stores stores() {
            return Stores.inMemory();
        }

        @Override
        default boolean concurrent() {
            return false;
        }
    }

    @Nested
    class FxSnapshotStoreTest implements InMemory, FxSnapshotStoreContract {}

    @Nested
    class FxSourceStoreTest implements InMemory, FxSourceStoreContract {}

    @Nested
    class CurrencyPreferenceStoreTest implements InMemory, CurrencyPreferenceStoreContract {}
}
