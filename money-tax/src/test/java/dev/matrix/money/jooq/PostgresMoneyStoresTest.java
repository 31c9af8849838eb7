package dev.matrix.money.jooq;

import dev.matrix.core.spi.Stores;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.OpenStorages;
import dev.matrix.money.spi.CurrencyPreferenceStoreContract;
import dev.matrix.money.spi.FxSnapshotStoreContract;
import dev.matrix.money.spi.FxSourceStoreContract;
import dev.matrix.testkit.StoreContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The jOOQ stores keep every contract on PostgreSQL. */
class PostgresMoneyStoresTest {

    abstract static class OnPostgres implements StoreContract {

        @RegisterExtension
        final OpenStorages storages = new OpenStorages();

        @Override
        public Stores stores() {
            return storages.storage(Database.POSTGRESQL);
        }
    }

    @Nested
    class FxSnapshotStoreTest extends OnPostgres implements FxSnapshotStoreContract {}

    @Nested
    class FxSourceStoreTest extends OnPostgres implements FxSourceStoreContract {}

    @Nested
    class CurrencyPreferenceStoreTest extends OnPostgres implements CurrencyPreferenceStoreContract {}
}
