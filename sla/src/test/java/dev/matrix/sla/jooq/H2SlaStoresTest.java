package dev.matrix.sla.jooq;

import dev.matrix.core.spi.Stores;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.OpenStorages;
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
import org.junit.jupiter.api.extension.RegisterExtension;

/** The jOOQ stores keep every contract on H2. */
class H2SlaStoresTest {

    abstract static class OnH2 implements StoreContract {

        @RegisterExtension
        final OpenStorages storages = new OpenStorages();

        @Override
        public Stores stores() {
            return storages.storage(Database.H2);
        }
    }

    @Nested
    class SlaDefinitionStoreTest extends OnH2 implements SlaDefinitionStoreContract {}

    @Nested
    class SlaBindingStoreTest extends OnH2 implements SlaBindingStoreContract {}

    @Nested
    class MeasurementStoreTest extends OnH2 implements MeasurementStoreContract {}

    @Nested
    class ComponentStoreTest extends OnH2 implements ComponentStoreContract {}

    @Nested
    class ExclusionStoreTest extends OnH2 implements ExclusionStoreContract {}

    @Nested
    class AlertStoreTest extends OnH2 implements AlertStoreContract {}

    @Nested
    class StatementStoreTest extends OnH2 implements StatementStoreContract {}

    @Nested
    class CreditStoreTest extends OnH2 implements CreditStoreContract {}

    @Nested
    class ChargeStoreTest extends OnH2 implements ChargeStoreContract {}
}
