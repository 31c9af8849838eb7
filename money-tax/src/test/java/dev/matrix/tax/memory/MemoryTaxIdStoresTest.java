package dev.matrix.tax.memory;

import dev.matrix.core.spi.Stores;
import dev.matrix.tax.id.TaxIdsScenario;
import dev.matrix.tax.spi.TaxIdStoreContract;
import dev.matrix.testkit.StoreContract;
import org.junit.jupiter.api.Nested;

/** The in-memory store of tax ids keeps its contract; its transactions run one at a time. */
class MemoryTaxIdStoresTest {

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
    class StoreTest implements InMemory, TaxIdStoreContract {}

    @Nested
    class ScenarioTest implements InMemory, TaxIdsScenario {}
}
