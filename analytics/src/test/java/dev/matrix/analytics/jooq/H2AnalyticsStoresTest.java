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

/** The jOOQ stores keep every contract on H2. */
class H2AnalyticsStoresTest {

    abstract static class OnH2 implements StoreContract {

        @RegisterExtension
        final OpenStorages storages = new OpenStorages();

        @Override
        public Stores stores() {
            return storages.storage(Database.H2);
        }
    }

    @Nested
    class AnalyticsDirectoryTest extends OnH2 implements AnalyticsDirectoryContract {}

    @Nested
    class AnalyticsSettingsStoreTest extends OnH2 implements AnalyticsSettingsStoreContract {}

    @Nested
    class TimelineStoreTest extends OnH2 implements TimelineStoreContract {}

    @Nested
    class RollupStoreTest extends OnH2 implements RollupStoreContract {}

    @Nested
    class FactStoreTest extends OnH2 implements FactStoreContract {}

    @Nested
    class ChartStoreTest extends OnH2 implements ChartStoreContract {}
}
