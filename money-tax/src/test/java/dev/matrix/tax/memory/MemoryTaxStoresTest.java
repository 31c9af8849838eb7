package dev.matrix.tax.memory;

import dev.matrix.core.spi.Stores;
import dev.matrix.tax.TaxesScenario;
import dev.matrix.tax.spi.TaxRecordStoresContract;
import dev.matrix.tax.spi.TaxTransactionStoreContract;
import dev.matrix.testkit.StoreContract;
import org.junit.jupiter.api.Nested;

/** The in-memory stores of tax keep their contracts; their transactions run one at a time. */
class MemoryTaxStoresTest {

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
    class TransactionStoreTest implements InMemory, TaxTransactionStoreContract {}

    @Nested
    class RecordStoresTest implements InMemory, TaxRecordStoresContract {}

    @Nested
    class ScenarioTest implements InMemory, TaxesScenario {}
}
