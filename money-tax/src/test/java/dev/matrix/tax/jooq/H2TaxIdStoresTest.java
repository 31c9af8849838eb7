package dev.matrix.tax.jooq;

import dev.matrix.core.spi.Stores;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.OpenStorages;
import dev.matrix.tax.id.TaxIdsScenario;
import dev.matrix.tax.spi.TaxIdStoreContract;
import dev.matrix.testkit.StoreContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The jOOQ store of tax ids keeps its contract on H2. */
class H2TaxIdStoresTest {

    abstract static class OnH2 implements StoreContract {

        @RegisterExtension
        final OpenStorages storages = new OpenStorages();

        @Override
        public Stores stores() {
            return storages.storage(Database.H2);
        }
    }

    @Nested
    class StoreTest extends OnH2 implements TaxIdStoreContract {}

    @Nested
    class ScenarioTest extends OnH2 implements TaxIdsScenario {}
}
