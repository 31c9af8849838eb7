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

/** The jOOQ stores of cost optimisation keep every contract on PostgreSQL. */
class PostgresCostStoresTest {

    abstract static class OnPostgres implements StoreContract {

        @RegisterExtension
        final OpenStorages storages = new OpenStorages();

        @Override
        public Stores stores() {
            return storages.storage(Database.POSTGRESQL);
        }
    }

    @Nested
    class CostFactStoreTest extends OnPostgres implements CostFactStoreContract {}

    @Nested
    class CostAnalysisStoreTest extends OnPostgres implements CostAnalysisStoreContract {}

    @Nested
    class SavingsLedgerStoreTest extends OnPostgres implements SavingsLedgerStoreContract {}

    @Nested
    class ResourceSampleStoreTest extends OnPostgres implements ResourceSampleStoreContract {}
}
