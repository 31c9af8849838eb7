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

/** The jOOQ stores keep every contract on PostgreSQL. */
class PostgresSlaStoresTest {

    abstract static class OnPostgres implements StoreContract {

        @RegisterExtension
        final OpenStorages storages = new OpenStorages();

        @Override
        public Stores stores() {
            return storages.storage(Database.POSTGRESQL);
        }
    }

    @Nested
    class SlaDefinitionStoreTest extends OnPostgres implements SlaDefinitionStoreContract {}

    @Nested
    class SlaBindingStoreTest extends OnPostgres implements SlaBindingStoreContract {}

    @Nested
    class MeasurementStoreTest extends OnPostgres implements MeasurementStoreContract {}

    @Nested
    class ComponentStoreTest extends OnPostgres implements ComponentStoreContract {}

    @Nested
    class ExclusionStoreTest extends OnPostgres implements ExclusionStoreContract {}

    @Nested
    class AlertStoreTest extends OnPostgres implements AlertStoreContract {}

    @Nested
    class StatementStoreTest extends OnPostgres implements StatementStoreContract {}

    @Nested
    class CreditStoreTest extends OnPostgres implements CreditStoreContract {}

    @Nested
    class ChargeStoreTest extends OnPostgres implements ChargeStoreContract {}
}
