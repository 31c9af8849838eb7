package dev.matrix.analytics.cost.jooq;

import dev.matrix.analytics.cost.spi.CostAnalysisStoreContract;
import dev.matrix.analytics.cost.spi.CostFactStoreContract;
import dev.matrix.analytics.cost.spi.ResourceSampleStoreContract;
import dev.matrix.analytics.cost.spi.SavingsLedgerStoreContract;
import dev.matrix.core.spi.Stores;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.OpenStorages;
import dev.matrix.testkit.StoreContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The jOOQ stores of cost optimisation keep every contract on H2. */
class H2CostStoresTest {

    abstract static class OnH2 implements StoreContract {

        @RegisterExtension
        final OpenStorages storages = new OpenStorages();

        @Override
        public Stores stores() {
            return storages.storage(Database.H2);
        }
    }

    @Nested
    class CostFactStoreTest extends OnH2 implements CostFactStoreContract {}

    @Nested
    class CostAnalysisStoreTest extends OnH2 implements CostAnalysisStoreContract {}

    @Nested
    class SavingsLedgerStoreTest extends OnH2 implements SavingsLedgerStoreContract {}

    @Nested
    class ResourceSampleStoreTest extends OnH2 implements ResourceSampleStoreContract {}
}
