package dev.matrix.analytics.cost.memory;

import dev.matrix.analytics.cost.spi.CostAnalysisStoreContract;
import dev.matrix.analytics.cost.spi.CostFactStoreContract;
import dev.matrix.analytics.cost.spi.ResourceSampleStoreContract;
import dev.matrix.analytics.cost.spi.SavingsLedgerStoreContract;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.StoreContract;
import org.junit.jupiter.api.Nested;

/** The in-memory stores of cost optimisation keep every contract; their transactions run one at a time. */
class MemoryCostStoresTest {

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
    class CostFactStoreTest implements InMemory, CostFactStoreContract {}

    @Nested
    class CostAnalysisStoreTest implements InMemory, CostAnalysisStoreContract {}

    @Nested
    class SavingsLedgerStoreTest implements InMemory, SavingsLedgerStoreContract {}

    @Nested
    class ResourceSampleStoreTest implements InMemory, ResourceSampleStoreContract {}
}
