package dev.matrix.tax.jooq;

import dev.matrix.core.spi.Stores;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.OpenStorages;
import dev.matrix.tax.id.TaxIdsScenario;
import dev.matrix.tax.spi.TaxIdStoreContract;
import dev.matrix.testkit.StoreContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The jOOQ store of tax ids keeps its contract on PostgreSQL. */
class PostgresTaxIdStoresTest {

    abstract static class OnPostgres implements StoreContract {

        @RegisterExtension
        final OpenStorages storages = new OpenStorages();

        @Override
        public Stores stores() {
            return storages.storage(Database.POSTGRESQL);
        }
    }

    @Nested
    class StoreTest extends OnPostgres implements TaxIdStoreContract {}

    @Nested
    class ScenarioTest extends OnPostgres implements TaxIdsScenario {}
}
