package dev.matrix.sla.memory;

import dev.matrix.core.spi.Stores;
import dev.matrix.sla.spi.AlertStoreContract;
import dev.matrix.sla.spi.ChargeStoreContract;
import dev.matrix.sla.spi.ComponentStoreContract;
import dev.matrix.sla.spi.CreditStoreContract;
import dev.matrix.sla.spi.ExclusionStoreContract;
import dev.matrix.sla.spi.MeasurementStoreContract;
import dev.matrix.sla.spi.SlaBindingStoreContract;
import dev.matrix.sla.spi.SlaDefinitionStoreContract;
import dev.matrix.sla.spi.StatementStoreContract;
import dev.matrix.testkit.StoreContract;
import org.junit.jupiter.api.Nested;

/** The in-memory stores keep every contract; their transactions run one at a time. */
class MemorySlaStoresTest {

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
    class SlaDefinitionStoreTest implements InMemory, SlaDefinitionStoreContract {}

    @Nested
    class SlaBindingStoreTest implements InMemory, SlaBindingStoreContract {}

    @Nested
    class MeasurementStoreTest implements InMemory, MeasurementStoreContract {}

    @Nested
    class ComponentStoreTest implements InMemory, ComponentStoreContract {}

    @Nested
    class ExclusionStoreTest implements InMemory, ExclusionStoreContract {}

    @Nested
    class AlertStoreTest implements InMemory, AlertStoreContract {}

    @Nested
    class StatementStoreTest implements InMemory, StatementStoreContract {}

    @Nested
    class CreditStoreTest implements InMemory, CreditStoreContract {}

    @Nested
    class ChargeStoreTest implements InMemory, ChargeStoreContract {}
}
