package dev.matrix.analytics.jooq;

import dev.matrix.analytics.spi.AnalyticsDirectoryContract;
import dev.matrix.analytics.spi.AnalyticsSettingsStoreContract;
import dev.matrix.analytics.spi.ChartStoreContract;
import dev.matrix.analytics.spi.FactStoreContract;
import dev.matrix.analytics.spi.RollupStoreContract;
import dev.matrix.analytics.spi.TimelineStoreContract;
import dev.matrix.core.spi.Stores;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.OpenStorages;
import dev.matrix.testkit.StoreContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The jOOQ stores keep every contract on PostgreSQL. */
class PostgresAnalyticsStoresTest {

    abstract static class OnPostgres implements StoreContract {

        @RegisterExtension
        final OpenStorages storages = new OpenStorages();

        @Override
        public Stores stores() {
            return storages.storage(Database.POSTGRESQL);
        }
    }

    @Nested
    class AnalyticsDirectoryTest extends OnPostgres implements AnalyticsDirectoryContract {}

    @Nested
    class AnalyticsSettingsStoreTest extends OnPostgres implements AnalyticsSettingsStoreContract {}

    @Nested
    class TimelineStoreTest extends OnPostgres implements TimelineStoreContract {}

    @Nested
    class RollupStoreTest extends OnPostgres implements RollupStoreContract {}

    @Nested
    class FactStoreTest extends OnPostgres implements FactStoreContract {}

    @Nested
    class ChartStoreTest extends OnPostgres implements ChartStoreContract {}
}
