package dev.matrix.tax.jooq;

import dev.matrix.core.spi.Stores;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.OpenStorages;
import dev.matrix.tax.TaxesScenario;
import dev.matrix.tax.spi.TaxRecordStoresContract;
import dev.matrix.tax.spi.TaxTransactionStoreContract;
import dev.matrix.testkit.StoreContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The jOOQ stores of tax keep their contracts on PostgreSQL. */
class PostgresTaxStoresTest {

    abstract static class OnPostgres implements StoreContract {

        @RegisterExtension
        final OpenStorages storages = new OpenStorages();

        @Override
        public Stores stores() {
            return storages.storage(Database.POSTGRESQL);
        }
    }

    @Nested
    class TransactionStoreTest extends OnPostgres implements TaxTransactionStoreContract {}

    @Nested
    class RecordStoresTest extends OnPostgres implements TaxRecordStoresContract {}

    @Nested
    class ScenarioTest extends OnPostgres implements TaxesScenario {}
}
