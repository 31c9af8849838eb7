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

/** The jOOQ stores keep every contract on H2. */
class H2MoneyStoresTest {

    abstract static class OnH2 implements StoreContract {

        @RegisterExtension
        final OpenStorages storages = new OpenStorages();

        @Override
        public Stores stores() {
            return storages.storage(Database.H2);
        }
    }

    @Nested
    class FxSnapshotStoreTest extends OnH2 implements FxSnapshotStoreContract {}

    @Nested
    class FxSourceStoreTest extends OnH2 implements FxSourceStoreContract {}

    @Nested
    class CurrencyPreferenceStoreTest extends OnH2 implements CurrencyPreferenceStoreContract {}
}
